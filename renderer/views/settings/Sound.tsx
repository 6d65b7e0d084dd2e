import { SegmentedControl, Slider, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { preferences, usePreferences } from '../../app/preferences.ts'
import { SOUND_CHANNELS, type SoundChannel } from '../../sound/channels.ts'
import { Group, Row } from './parts.tsx'

const STRENGTHS = ['off', 'low', 'medium', 'high'] as const

/** What is heard, how loud, and how strongly controllers vibrate. */
export function Sound() {
  const { t } = useTranslation()
  const { sound, volume, muted, haptics } = usePreferences((value) => value)
  return (
    <Group title={t('common:settings.soundAndTouch')}>
      <Row label={t('common:settings.sound')}>
        <Switch
          checked={sound === 'on'}
          onChange={(event) => preferences.setState({ sound: event.currentTarget.checked ? 'on' : 'off' })}
          aria-label={t('common:settings.sound')}
        />
      </Row>
      <Row label={t('common:settings.volume')}>
        <Slider
          w={220}
          min={0}
          max={100}
          step={5}
          value={Math.round(volume * 100)}
          disabled={sound === 'off'}
          label={(value) => `${value} %`}
          onChange={(value) => preferences.setState({ volume: value / 100 })}
          thumbLabel={t('common:settings.volume')}
        />
      </Row>
      {SOUND_CHANNELS.map((channel) => (
        <Row key={channel} label={t(`common:settings.channels.${channel}`)}>
          <Switch
            checked={!muted.includes(channel)}
            disabled={sound === 'off'}
            onChange={(event) => preferences.setState({ muted: without(muted, channel, event.currentTarget.checked) })}
            aria-label={t(`common:settings.channels.${channel}`)}
          />
        </Row>
      ))}
      <Row label={t('common:settings.haptics')} hint={t('common:settings.hapticsHint')}>
        <SegmentedControl
          value={haptics}
          data={STRENGTHS.map((value) => ({ value, label: t(`common:settings.strengths.${value}`) }))}
          onChange={(value) => preferences.setState({ haptics: value as (typeof STRENGTHS)[number] })}
          aria-label={t('common:settings.haptics')}
        />
      </Row>
    </Group>
  )
}

function without(muted: readonly SoundChannel[], channel: SoundChannel, heard: boolean): SoundChannel[] {
  const others = muted.filter((one) => one !== channel)
  return heard ? others : [...others, channel]
}
