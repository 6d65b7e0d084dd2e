import type { Scene } from '../../../core/simulation/scene/schema.ts'
import type { Action } from '../../app/actions.ts'
import { preferences } from '../../app/preferences.ts'
import type { View } from './control/scopeeye.ts'
import { SPEEDS, type Speed } from './PlayBar.tsx'
import type { TissueRun } from './run/tissuerun.ts'
import { kindOf, nextKind, viewOf } from './ViewPanel.tsx'

/** By how much a key turns the optic, degrees. */
const TURN = 15

type Player = {
  readonly scene: Scene
  readonly run: TissueRun | null
  readonly play: () => void
  readonly speed: Speed
  readonly hurry: (speed: Speed) => void
  readonly take: (tool: number) => void
  readonly setView: (change: (before: View) => View) => void
  readonly toggleHelp: () => void
}

/** Everything that can be done with a scene that plays, with its keys. */
export function playerActions({
  scene,
  run,
  play,
  speed,
  hurry,
  take,
  setView,
  toggleHelp,
}: Player): readonly Action[] {
  const action = (id: string, keys: string[], perform: () => void): Action => ({
    id: `tissue.${id}`,
    label: `tissue:action.${id}`,
    group: 'tissue:group',
    keys,
    perform: () => {
      perform()
      return undefined
    },
  })
  const turn = (by: number) => (before: View) =>
    before.kind === 'free' ? before : { ...before, turn: ((before.turn + by + 540) % 360) - 180 }
  return [
    action('play', ['p'], play),
    action('back', ['u'], () => run?.back()),
    action('step', ['.'], () => run?.step()),
    action('restart', ['n'], () => run?.restart()),
    action('slower', ['m'], () => hurry(SPEEDS[(SPEEDS.indexOf(speed) + 2) % 3])),
    action('view', ['v'], () => setView((before) => viewOf(nextKind(kindOf(before)), before))),
    action('opticLeft', ['['], () => setView(turn(-TURN))),
    action('opticRight', [']'], () => setView(turn(TURN))),
    action('sound', ['k'], () => preferences.setState(({ sound }) => ({ sound: sound === 'on' ? 'off' : 'on' }))),
    action('help', ['h', '?'], toggleHelp),
    action('script', ['0'], () => take(-1)),
    ...scene.tools.map(({ instrument }, t) => ({
      ...action(`take${t}`, [String(t + 1)], () => take(t)),
      label: `tissue:instrument.${instrument}`,
    })),
  ]
}
