import { Waiting } from '../../app/Waiting.tsx'

/** Stands here until the view itself does. */
export default function View() {
  return <Waiting />
}
