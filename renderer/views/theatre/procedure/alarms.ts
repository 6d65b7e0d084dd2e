import { ALARM_CHANNELS, HEADER, type SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import { ALARM_LEVELS, type AlarmLevel } from '../../../sound/alarms.ts'

export type AlarmChannel = (typeof ALARM_CHANNELS)[number]

/** Level of each alarm of a snapshot. */
export function alarmsOf(snapshot: SnapshotBuffer): Record<AlarmChannel, AlarmLevel> {
  const bits = snapshot.header[HEADER.alarms]
  const levels = {} as Record<AlarmChannel, AlarmLevel>
  ALARM_CHANNELS.forEach((channel, i) => {
    levels[channel] = ALARM_LEVELS[(bits >> (2 * i)) & 3]
  })
  return levels
}

/** The worst alarm of a snapshot; allocates nothing. */
export function worstIn({ header }: SnapshotBuffer): AlarmLevel {
  let worst = 0
  for (let i = 0; i < ALARM_CHANNELS.length; i++) worst = Math.max(worst, (header[HEADER.alarms] >> (2 * i)) & 3)
  return ALARM_LEVELS[worst]
}

/** The channel whose alarm is the worst, an arrest before all; none when all is well. */
export function worstChannel(levels: Record<AlarmChannel, AlarmLevel>): AlarmChannel | undefined {
  if (levels.arrest !== 'none') return 'arrest'
  const worst = worstAlarm(levels)
  return worst === 'none' ? undefined : ALARM_CHANNELS.find((channel) => levels[channel] === worst)
}

/** The worst of all, or of some channels. */
export function worstAlarm(
  levels: Record<AlarmChannel, AlarmLevel>,
  channels: readonly AlarmChannel[] = ALARM_CHANNELS,
): AlarmLevel {
  let worst = 0
  for (const channel of channels) worst = Math.max(worst, ALARM_LEVELS.indexOf(levels[channel]))
  return ALARM_LEVELS[worst]
}
