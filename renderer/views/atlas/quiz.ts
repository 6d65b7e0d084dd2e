import type { TermLanguage } from '../../../core/anatomy/atlasfile.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { select } from '../../scene/dissection.ts'
import type { AtlasStore, Quiz } from './atlasstore.ts'

const QUESTIONS = 10
/** Fewer than so many in view make no round. */
const LEAST = 4
/** Least share of the picture that a structure must own to be pointed at with a steady hand. */
const LEAST_SHARE = 0.00012

/** What is in view: pixels by structure, and of the whole picture. */
export type Sight = { readonly pixels: ReadonlyMap<string, number>; readonly total: number }

/** Before anything is drawn. */
export const blind: Sight = { pixels: new Map(), total: 1 }

/**
 * Starts a round of questions over what is in view, first-year structures first; ends a running one. Terms in doubt in
 * the language of the questions are not asked.
 * @returns `blind` where too little is in view
 */
export function startQuiz(
  store: AtlasStore,
  atlas: Atlas,
  language: TermLanguage,
  look: () => Sight,
): 'started' | 'ended' | 'blind' {
  const { quiz, dissection } = store.getState()
  if (quiz) {
    endQuiz(store)
    return 'ended'
  }
  const { pixels, total } = look()
  const seen = atlas.structures.filter(
    ({ id, doubted }) => (pixels.get(id) ?? 0) >= LEAST_SHARE * total && !doubted.includes(language),
  )
  if (seen.length < LEAST) return 'blind'
  const asks = draw(seen, QUESTIONS).map(({ id }) => id)
  store.setState({
    dissection: select(dissection, null),
    quiz: { asked: asks[0], asks, at: 0, right: 0, answer: null },
  })
  return 'started'
}

export function endQuiz(store: AtlasStore): void {
  store.setState((state) => ({ quiz: null, dissection: select(state.dissection, null) }))
}

/** Takes a structure that was pointed at as the answer, and lights the one asked for. Left or right counts. */
export function answerQuiz(store: AtlasStore, quiz: Quiz, picked: string): void {
  if (quiz.answer) return
  const verdict = picked === quiz.asked ? 'right' : 'wrong'
  store.setState((state) => ({
    quiz: { ...quiz, right: quiz.right + (verdict === 'right' ? 1 : 0), answer: { picked, verdict } },
    dissection: select(state.dissection, quiz.asked),
  }))
}

export function nextQuestion(store: AtlasStore): void {
  const { quiz } = store.getState()
  if (!quiz) return
  const at = quiz.at + 1
  if (at >= quiz.asks.length) endQuiz(store)
  else
    store.setState((state) => ({
      quiz: { ...quiz, at, asked: quiz.asks[at], answer: null },
      dissection: select(state.dissection, null),
    }))
}

function draw<T extends { readonly tier?: number | null }>(from: readonly T[], count: number): T[] {
  const shuffled = from
    .map((value) => ({ value, key: Math.random() + (value.tier ?? 2) }))
    .sort((a, b) => a.key - b.key)
  return shuffled.slice(0, count).map(({ value }) => value)
}
