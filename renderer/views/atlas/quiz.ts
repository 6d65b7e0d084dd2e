import type { TermLanguage } from '../../../core/anatomy/atlasfile.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { opacityOf, select } from '../../scene/dissection.ts'
import type { AtlasStore, Quiz } from './atlasstore.ts'

const QUESTIONS = 10

/**
 * Starts a round of questions over what is shown, first-year structures first; ends a running one. Terms in doubt in
 * the language of the questions are not asked.
 */
export function startQuiz(store: AtlasStore, atlas: Atlas, language: TermLanguage): void {
  const { quiz, dissection } = store.getState()
  if (quiz) {
    store.setState({ quiz: null })
    return
  }
  const shown = atlas.structures.filter(
    ({ id, doubted }) => opacityOf(dissection, id) >= 1 && !doubted.includes(language),
  )
  const asks = draw(shown, QUESTIONS).map(({ id }) => id)
  if (asks.length === 0) return
  store.setState({
    dissection: select(dissection, null),
    quiz: { asked: asks[0], asks, at: 0, right: 0, answer: null },
  })
}

/** Takes a structure that was pointed at as the answer. Left or right counts. */
export function answerQuiz(quiz: Quiz, picked: string): Quiz {
  if (quiz.answer) return quiz
  const verdict = picked === quiz.asked ? 'right' : 'wrong'
  return { ...quiz, right: quiz.right + (verdict === 'right' ? 1 : 0), answer: { picked, verdict } }
}

export function nextQuestion(store: AtlasStore): void {
  const { quiz } = store.getState()
  if (!quiz) return
  const at = quiz.at + 1
  store.setState({
    quiz: at < quiz.asks.length ? { ...quiz, at, asked: quiz.asks[at], answer: null } : null,
  })
}

function draw<T extends { readonly tier?: number | null }>(from: readonly T[], count: number): T[] {
  const shuffled = from
    .map((value) => ({ value, key: Math.random() + (value.tier ?? 2) }))
    .sort((a, b) => a.key - b.key)
  return shuffled.slice(0, count).map(({ value }) => value)
}
