import './settings.css'
import { SegmentedControl, Select, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type TermLanguage, termLanguages } from '../../../core/anatomy/atlasfile.ts'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { tellError } from '../../app/notify.ts'
import { Keys } from '../../app/Palette.tsx'
import { changeSelf, usePerson, useTrainee } from '../../app/person.ts'
import { type Preferences, preferences, usePreferences } from '../../app/preferences.ts'
import { useActionList } from '../../app/useActions.ts'
import { Profile } from './Profile.tsx'
import { Group, Row } from './parts.tsx'
import { Sound } from './Sound.tsx'

/** What a person can set for themselves. */
export default function Settings() {
  const { t } = useTranslation()
  const all = usePreferences((value) => value)
  const set = (part: Partial<Preferences>) => preferences.setState(part)
  const choice = <K extends keyof Preferences>(key: K, values: readonly (readonly [Preferences[K], string])[]) => (
    <Row label={t(nameKey(key))}>
      <SegmentedControl
        value={String(all[key])}
        data={values.map(([value, label]) => ({ value: String(value), label: t(`common:settings.${label}`) }))}
        onChange={(value) => {
          const found = values.find(([candidate]) => String(candidate) === value)
          if (found) set({ [key]: found[0] })
        }}
        aria-label={t(nameKey(key))}
      />
    </Row>
  )
  return (
    <div className="sina-page">
      <Stack className="sina-settings" gap={28}>
        <Title order={1}>{t('common:settings.title')}</Title>
        <Stack gap="sm">
          <Row label={t('common:settings.language')}>
            <LanguageChoice />
          </Row>
          <Row label={t('common:settings.terms')} hint={t('common:settings.termsHint')}>
            <Select
              w={220}
              value={all.terms}
              allowDeselect={false}
              data={termLanguages.map((value) => ({ value, label: t(`atlas:terms.${value}`) }))}
              onChange={(value) => value && set({ terms: value as TermLanguage })}
              aria-label={t('common:settings.terms')}
            />
          </Row>
          <Hand />
        </Stack>
        <Group title={t('common:settings.look')}>
          {choice('theme', [
            ['auto', 'themes.auto'],
            ['light', 'themes.light'],
            ['dark', 'themes.dark'],
          ])}
          {choice('textScale', [
            [1, 'texts.normal'],
            [1.15, 'texts.large'],
            [1.3, 'texts.largest'],
          ])}
          {choice('contrast', [
            ['system', 'contrasts.system'],
            ['more', 'contrasts.more'],
          ])}
          {choice('motion', [
            ['system', 'motions.system'],
            ['reduced', 'motions.reduced'],
          ])}
          {choice('quality', [
            ['auto', 'qualities.auto'],
            ['light', 'qualities.light'],
            ['still', 'qualities.still'],
            ['full', 'qualities.full'],
          ])}
        </Group>
        <Sound />
        <Group title={t('common:settings.headset')}>
          {choice('turning', [
            ['snap', 'turnings.snap'],
            ['smooth', 'turnings.smooth'],
          ])}
          {choice('posture', [
            ['standing', 'postures.standing'],
            ['seated', 'postures.seated'],
          ])}
          <Row label={t('common:settings.vignette')}>
            <Switch
              checked={all.vignette === 'on'}
              onChange={(event) => set({ vignette: event.currentTarget.checked ? 'on' : 'off' })}
              aria-label={t('common:settings.vignette')}
            />
          </Row>
        </Group>
        <Profile />
        <KeyTable />
        <About />
      </Stack>
    </div>
  )
}

function nameKey(key: keyof Preferences): string {
  return `common:settings.${key === 'textScale' ? 'text' : key}`
}

function Hand() {
  const { t } = useTranslation()
  const trainee = useTrainee()
  return (
    <Row label={t('common:settings.hand')} hint={trainee ? undefined : t('common:settings.nobody')}>
      <SegmentedControl
        disabled={!trainee}
        value={trainee?.hand ?? 'right'}
        data={[
          { value: 'left', label: t('common:settings.hands.left') },
          { value: 'right', label: t('common:settings.hands.right') },
        ]}
        onChange={(value) => void changeSelf({ hand: value as 'left' | 'right' }).catch(tellError)}
        aria-label={t('common:settings.hand')}
      />
    </Row>
  )
}

function KeyTable() {
  const { t } = useTranslation()
  const list = useActionList().filter((action) => action.keys?.length)
  return (
    <Group title={t('common:settings.keys')}>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {list.map((action) => (
            <Table.Tr key={action.id}>
              <Table.Td>{t(action.label)}</Table.Td>
              <Table.Td className="sina-key-cell">
                {action.keys?.map((chord) => (
                  <Keys key={chord} chord={chord} />
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Group>
  )
}

function About() {
  const { t } = useTranslation()
  const info = usePerson((value) => (value.status === 'known' ? value.info : null))
  return (
    <Group title={t('common:settings.about')}>
      {info && <Text>{t('common:settings.version', { version: info.version, engine: info.engine.slice(0, 12) })}</Text>}
      <Text c="dimmed">
        {t('common:safety.training')} {t('common:safety.device')} {t('common:safety.patient')}
      </Text>
    </Group>
  )
}
