import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../core/contract/index.ts'
import { tellError } from './notify.ts'
import { chooseLanguage } from './person.ts'
import { usePreferences } from './preferences.ts'

/** Languages in their own names, so that everybody finds theirs. */
const languages: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
  { value: 'uz', label: 'Oʻzbekcha' },
]

export function LanguageChoice() {
  const { t } = useTranslation()
  const language = usePreferences((value) => value.language)
  return (
    <SegmentedControl
      data={languages.map(({ value, label }) => ({ value, label }))}
      value={language}
      onChange={(value) => void chooseLanguage(value as Language).catch(tellError)}
      aria-label={t('common:settings.language')}
    />
  )
}
