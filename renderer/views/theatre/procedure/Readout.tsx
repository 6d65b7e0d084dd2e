import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type SimEvent, STRUCTURES } from '../../../../core/simulation/contract.ts'
import { reader, useCase, useRun } from '../run/context.tsx'

type Props = { readonly hand: 0 | 1 }
type Reading = { depthMm: number; forceN: number; structure: string; brace: string }

/** What the hand feels: depth, virtual force, what it touches, what was just palpated. */
export function Readout({ hand }: Props) {
  const { t } = useTranslation('theatre')
  const { live, sound } = useRun()
  const [reading, setReading] = useState<Reading | null>(null)
  const felt = useCase((state) => lastFelt(state.happened))
  useEffect(() => {
    const timer = setInterval(() => {
      const read = reader(live)
      const prefix = `hand${hand}` as const
      const tool = read(`${prefix}.tool`)
      setReading(
        tool === 0
          ? null
          : {
              depthMm: read(`${prefix}.depthMm`),
              forceN: read(`${prefix}.forceN`),
              structure: STRUCTURES[read(`${prefix}.structure`)] ?? 'none',
              brace: '',
            },
      )
    }, 100)
    return () => clearInterval(timer)
  }, [live, hand])
  const feltKey = felt ? `${felt.tick}` : ''
  useEffect(() => {
    if (feltKey !== '' && felt?.event.structure === 'rib') sound.cue('tap')
  }, [feltKey, felt, sound])
  if (!reading) return null
  return (
    <output className="readout" aria-live="off">
      <span>
        {t('readout.depth')}{' '}
        <b>
          {reading.depthMm.toFixed(0)} {t('unit.mm')}
        </b>
      </span>
      <span>
        {t('readout.force')}{' '}
        <b>
          {reading.forceN.toFixed(1)} {t('unit.N')}
        </b>
        <i className="force" style={{ '--force': Math.min(1, reading.forceN / 15) } as React.CSSProperties} />
      </span>
      {reading.structure !== 'none' && <span className="touch">{t(`structure.${reading.structure}`)}</span>}
      {felt && (
        <span className="felt" aria-live="polite">
          {t(`felt.${felt.event.structure}`, { number: felt.event.number })}
        </span>
      )}
    </output>
  )
}

type Felt = Extract<SimEvent, { type: 'felt' }>

/** What the finger felt within the last four seconds of the case. */
function lastFelt(
  happened: readonly { tick: number; from: string; event?: unknown }[],
): { tick: number; event: Felt } | null {
  for (let i = happened.length - 1; i >= 0; i--) {
    const { tick, from, event } = happened[i]
    if (from === 'world' && (event as SimEvent).type === 'felt') return { tick, event: event as Felt }
    if (tick < happened[happened.length - 1].tick - 400) return null
  }
  return null
}
