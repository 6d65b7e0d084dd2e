import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TOOL, TOOL_SLOTS } from '../../../core/simulation/tissue/tools/tool.ts'
import { HEAD } from './run/snapshot.ts'
import type { StageHandle } from './TissueStage.tsx'

const EVERY_MS = 200

type Reading = { readonly forceN: number; readonly gripN: number; readonly held: number }

/** What each instrument feels, and what the simulation costs. */
export function Readings({
  handle,
  tools,
}: {
  readonly handle: StageHandle | null
  readonly tools: readonly string[]
}) {
  const { t } = useTranslation('tissue')
  const [read, setRead] = useState<{ tools: Reading[]; tickMs: number } | null>(null)
  useEffect(() => {
    if (!handle) return undefined
    const timer = setInterval(() => {
      const snapshot = handle.snapshot()
      if (!snapshot) return
      setRead({
        tickMs: snapshot.head[HEAD.tickMs],
        tools: tools.map((_, i) => {
          const row = snapshot.tools.subarray(i * TOOL_SLOTS, (i + 1) * TOOL_SLOTS)
          return {
            forceN: Math.hypot(row[TOOL.forceX], row[TOOL.forceY], row[TOOL.forceZ]),
            gripN: row[TOOL.grip],
            held: row[TOOL.held],
          }
        }),
      })
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [handle, tools])
  if (!read) return null
  return (
    <dl className="tissue-readings">
      {read.tools.map(({ forceN, gripN, held }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tool is its place in the scene
        <div key={i}>
          <dt>{tools[i]}</dt>
          <dd>
            {t('force', { newtons: forceN.toFixed(2) })}
            {held > 0 && ` · ${t('grip', { newtons: gripN.toFixed(2) })}`}
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('tickCost')}</dt>
        <dd>{t('milliseconds', { ms: read.tickMs.toFixed(2) })}</dd>
      </div>
    </dl>
  )
}
