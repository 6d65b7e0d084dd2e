import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconRotate,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { actions } from '../../app/actions.ts'
import { preferences, usePreferences } from '../../app/preferences.ts'
import { useNumeral } from './texts.ts'
import type { RunState } from './useRun.ts'

export const SPEEDS = ['0.1', '0.25', '1'] as const
export type Speed = (typeof SPEEDS)[number]

type Props = {
  readonly state: RunState
  readonly seconds: number
  readonly speed: Speed
  readonly onSpeed: (speed: Speed) => void
}

/** Playing, taking back, speed, sound: everything about time. */
export function PlayBar({ state, seconds, speed, onSpeed }: Props) {
  const { t } = useTranslation('tissue')
  const numeral = useNumeral()
  const running = state.state === 'running'
  const played = state.tick / 100
  const sound = usePreferences((value) => value.sound)
  const press = (id: string) => () => void actions.perform(`tissue.${id}`)
  return (
    <div className="tissue-panel tissue-bar" role="toolbar" aria-label={t('bar')}>
      <Button
        size="compact-md"
        leftSection={running ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        onClick={press('play')}
      >
        {t(running ? 'pause' : 'play')}
      </Button>
      <Button
        size="compact-md"
        variant="default"
        disabled={state.steps === 0}
        leftSection={<IconArrowBackUp size={16} />}
        onClick={press('back')}
      >
        {t('back')}
      </Button>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconPlayerSkipForward size={16} />}
        onClick={press('step')}
      >
        {t('step')}
      </Button>
      <Button size="compact-md" variant="default" leftSection={<IconRotate size={16} />} onClick={press('restart')}>
        {t('restart')}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label={t('speed')}
        value={speed}
        onChange={(value) => onSpeed(value as Speed)}
        data={SPEEDS.map((value) => ({ value, label: `${numeral(Number(value))}×` }))}
      />
      <Tooltip label={t(sound === 'on' ? 'mute' : 'unmute')}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t(sound === 'on' ? 'mute' : 'unmute')}
          aria-pressed={sound === 'on'}
          onClick={press('sound')}
        >
          {sound === 'on' ? <IconVolume size={17} /> : <IconVolumeOff size={17} />}
        </ActionIcon>
      </Tooltip>
      <VolumeSlider />
      <time>
        {/* Whoever works on when the script is over has no end in sight. */}
        {played <= seconds && `${numeral(played, 2)} / `}
        {t('seconds', { seconds: played <= seconds ? numeral(seconds) : numeral(played, 2) })}
      </time>
    </div>
  )
}

function VolumeSlider() {
  const { t } = useTranslation('tissue')
  const { sound, volume } = usePreferences((value) => value)
  return (
    <input
      className="tissue-volume"
      type="range"
      min={0}
      max={1}
      step={0.05}
      value={volume}
      disabled={sound === 'off'}
      aria-label={t('volume')}
      onChange={(event) => preferences.setState({ volume: Number(event.currentTarget.value) })}
    />
  )
}
