import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALARM_LIMITS, alarmLevel } from '../../../core/physiology/alarms.ts'
import type { Observable } from '../../../core/simulation/observables.ts'
import type { Scene } from '../../../core/simulation/scene/schema.ts'
import { TICK_S } from '../../../core/simulation/tissue/clock.ts'
import { MATERIALS } from '../../../core/simulation/tissue/materials.ts'
import { TOOL, TOOL_SLOTS } from '../../../core/simulation/tissue/tools/tool.ts'
import { forceOf } from './run/fieldsound.ts'
import { HEAD, type TissueSnapshot } from './run/snapshot.ts'
import type { StageHandle } from './TissueStage.tsx'
import { materialKey, useNumeral } from './texts.ts'

const EVERY_MS = 200
/** A force that harms: pinch on bowel that surgeons use where half would do is 6.8 N (PMC3310984). */
const HARMS_N = 7

type Reading = {
  readonly forceN: number
  readonly gripN: number
  readonly torqueNmm: number
  readonly held: number
  readonly tissue: string | undefined
}
type Read = {
  readonly tools: readonly Reading[]
  readonly tickMs: number
  readonly bledMl: number
  readonly bleedMlMin: number
  readonly sealMmHg: number
  readonly heartRate: number
  readonly systolicMmHg: number
  readonly diastolicMmHg: number
  readonly spo2: number
}

function readFrom({ head, tools }: TissueSnapshot, count: number): Read {
  return {
    tickMs: head[HEAD.tickMs],
    bledMl: head[HEAD.bledMl],
    bleedMlMin: head[HEAD.bleedMlS] * 60,
    sealMmHg: head[HEAD.sealMmHg],
    heartRate: head[HEAD.heartRate],
    systolicMmHg: head[HEAD.systolicMmHg],
    diastolicMmHg: head[HEAD.diastolicMmHg],
    spo2: head[HEAD.saturation] * 100,
    tools: Array.from({ length: count }, (_, t) => {
      const at = t * TOOL_SLOTS
      return {
        forceN: forceOf(tools, at),
        torqueNmm: tools[at + TOOL.torque] * 1000,
        gripN: tools[at + TOOL.grip],
        held: tools[at + TOOL.held],
        tissue: MATERIALS[tools[at + TOOL.layer] - 1]?.name,
      }
    }),
  }
}

/** Whether a monitor would raise an alarm. */
function isAlarming({ heartRate, systolicMmHg, spo2 }: Read): boolean {
  const raises = (observable: Observable, value: number) =>
    ALARM_LIMITS.some((limit) => limit.observable === observable && alarmLevel(limit, value, 0) > 0)
  return (
    raises('vitals.heartRate', heartRate) || raises('vitals.systolicMmHg', systolicMmHg) || raises('vitals.spo2', spo2)
  )
}

type Props = { readonly handle: StageHandle | null; readonly scene: Scene; readonly tools: readonly string[] }

/** What each instrument feels, what was bled and sealed, and whether the simulation is slow. */
export function Readings({ handle, scene, tools }: Props) {
  const { t } = useTranslation('tissue')
  const numeral = useNumeral()
  const [read, setRead] = useState<Read | null>(null)
  useEffect(() => {
    if (!handle) return undefined
    const timer = setInterval(() => {
      const snapshot = handle.snapshot()
      if (snapshot) setRead(readFrom(snapshot, tools.length))
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [handle, tools])
  if (!read) return null
  return (
    <dl className="tissue-readings" aria-label={t('readings')}>
      {read.tools.map(({ forceN, gripN, torqueNmm, held, tissue }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tool is its place in the scene
        <div key={i} data-force={forceN > HARMS_N ? 'harms' : 'fine'}>
          <dt>{tools[i]}</dt>
          <dd>
            {forceN > HARMS_N && <b>! </b>}
            {t('force', { newtons: numeral(forceN, 2) })} · {t('torque', { nmm: numeral(torqueNmm, 0) })}
            {tissue && ` · ${t(materialKey(tissue))}`}
            {held > 0 && ` · ${t('grip', { newtons: numeral(gripN, 2) })}`}
          </dd>
        </div>
      ))}
      {scene.liquids && (
        <div>
          <dt>{t('bled')}</dt>
          <dd>
            {t('ml', { ml: numeral(read.bledMl, 1) })} · {t('mlMin', { ml: numeral(read.bleedMlMin, 0) })}
          </dd>
        </div>
      )}
      {read.heartRate > 0 && (
        <div data-force={isAlarming(read) ? 'harms' : 'fine'}>
          <dt>{t('patient')}</dt>
          <dd>
            {isAlarming(read) && <b>! </b>}
            <span>{t('perMinute', { rate: numeral(read.heartRate, 0) })} ·</span>{' '}
            <span>{t('mmHg', { mmHg: `${numeral(read.systolicMmHg, 0)}/${numeral(read.diastolicMmHg, 0)}` })} ·</span>{' '}
            <span>{t('spo2', { percent: numeral(read.spo2, 0) })}</span>
          </dd>
        </div>
      )}
      {read.sealMmHg > 0 && (
        <div>
          <dt>{t('seal')}</dt>
          <dd>{t('mmHg', { mmHg: numeral(read.sealMmHg, 0) })}</dd>
        </div>
      )}
      {read.tickMs > TICK_S * 1000 && (
        <div>
          <dt>{t('tickCost')}</dt>
          <dd>{t('milliseconds', { ms: numeral(read.tickMs, 0) })}</dd>
        </div>
      )}
    </dl>
  )
}
