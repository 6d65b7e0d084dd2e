import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { INSTRUMENTS } from '../../../core/simulation/tissue/tools/catalogue.ts'

type Props = { readonly value: string; readonly onChange: (kind: number) => void }

/** Another instrument for the hand: any of the catalogue. */
export function InstrumentChoice({ value, onChange }: Props) {
  const { t } = useTranslation('tissue')
  return (
    <NativeSelect
      size="xs"
      mt={8}
      aria-label={t('change')}
      value={value}
      onChange={(event) => onChange(INSTRUMENTS.findIndex(({ name }) => name === event.currentTarget.value))}
      data={INSTRUMENTS.map(({ name }) => ({ value: name, label: t(`instrument.${name}`) }))}
    />
  )
}
