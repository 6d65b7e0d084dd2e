import { useTranslation } from 'react-i18next'
import type { Tool } from '../../../../core/simulation/contract.ts'
import { useRun } from '../run/context.tsx'
import { ToolPicture } from './ToolPicture.tsx'

type Props = {
  readonly held: Tool
  readonly other: Tool
  readonly onPick: (kind: string) => void
  readonly onPut: () => void
}

/** Keys of the tools in the order of the tray. */
export const trayKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-'] as const

/** The instrument tray: one click or one key picks up. */
export function Tray({ held, other, onPick, onPut }: Props) {
  const { t } = useTranslation('theatre')
  const { clinical, texts } = useRun()
  return (
    <section className="tray" aria-label={t('tray.title')}>
      {clinical.tools.map((tool, index) => (
        <button
          key={tool.id}
          type="button"
          className={`tray-tool ${held === tool.kind ? 'held' : ''} ${other === tool.kind ? 'other' : ''}`}
          data-tool={tool.kind}
          aria-pressed={held === tool.kind}
          title={texts(tool.use)}
          onClick={() => onPick(tool.kind)}
        >
          <ToolPicture kind={tool.kind} />
          <span>{t(`tool.${tool.kind}`, { defaultValue: texts(tool.title) })}</span>
          <kbd>{trayKeys[index]}</kbd>
        </button>
      ))}
      <button type="button" className="tray-tool put" data-tool="none" onClick={onPut} disabled={held === 'none'}>
        <span>{t('tray.put')}</span>
        <kbd>Z</kbd>
      </button>
    </section>
  )
}
