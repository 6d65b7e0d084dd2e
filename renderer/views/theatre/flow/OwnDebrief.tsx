import type { Rating } from '../../../../core/contract/index.ts'
import type { Run } from '../run/context.tsx'
import type { LiveCase } from '../run/livecase.ts'
import { Debrief } from './Debrief.tsx'

type Props = {
  readonly live: LiveCase
  readonly self: Rating
  readonly run: Run
  readonly onReplay: () => void
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** The debrief of the run that has just ended on this page. */
export function OwnDebrief({ live, self, run, onReplay, onAgain, onClose }: Props) {
  const { record, saved } = live.state.getState()
  if (!record) return null
  return (
    <Debrief
      record={record}
      clinical={run.clinical}
      texts={run.texts}
      self={self}
      saved={saved}
      onReplay={onReplay}
      onAgain={onAgain}
      onClose={onClose}
    />
  )
}
