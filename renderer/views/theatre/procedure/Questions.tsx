import { useTranslation } from 'react-i18next'
import { useCase, useRun } from '../run/context.tsx'

/** The questions that are open now; an answer stands. */
export function Questions() {
  const { t } = useTranslation('theatre')
  const { live, texts } = useRun()
  const questions = useCase((state) => state.view?.questions ?? [])
  const mode = live.setup.mode
  if (questions.length === 0) return <p className="empty">{t('questions.none')}</p>
  return (
    <>
      {questions.map(({ question, answer }) => (
        <fieldset key={question.id} className="dock-group question">
          <legend>{texts(question.text)}</legend>
          {question.options.map((option, index) => (
            <button
              key={option.id}
              type="button"
              className={`dock-item ${stateOf(answer, index, option.right === true, mode)}`}
              data-item={`answer-${question.id}-${option.id}`}
              disabled={answer !== null}
              aria-pressed={answer === index}
              onClick={() => live.act('answer', question.id, index)}
            >
              <i aria-hidden />
              <span>{texts(option.text)}</span>
            </button>
          ))}
          {answer !== null && mode === 'practice' && <p className="explain">{texts(question.explain)}</p>}
        </fieldset>
      ))}
    </>
  )
}

/** In assessment an answer is only marked as given. */
function stateOf(answer: number | null, index: number, right: boolean, mode: string): string {
  if (answer === null) return 'ready'
  if (mode !== 'practice') return answer === index ? 'on' : 'ready'
  if (right) return 'done'
  return answer === index ? 'wrong' : 'ready'
}
