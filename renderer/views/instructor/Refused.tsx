import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../core/contract/index.ts'

/** Most problems shown at once. */
const SHOWN = 20

export type Refusal = { readonly file: string; readonly problems: readonly Problem[] }

/** Why a file was refused: where in it, what is wrong, what would mend it. */
export function Refused({ refusal, onClose }: { readonly refusal: Refusal; readonly onClose: () => void }) {
  const { t } = useTranslation('instructor')
  const { problems } = refusal
  const more = problems.length - SHOWN
  return (
    <section className="refused" role="alert">
      <header>
        <h2>{t('packs.refused', { file: refusal.file })}</h2>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('packs.close')}
        </Button>
      </header>
      <p className="explain">{t('packs.unchanged')}</p>
      <ol>
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={`${problem.file}${problem.pointer}${problem.code}${problem.reason}`} data-problem={problem.code}>
            <code>
              {problem.file}
              {problem.pointer}
            </code>
            <span>{t(`packs:${problem.code}.reason`, { defaultValue: problem.reason })}</span>
            {/* What exactly stands there: names and figures out of the pack, in the words of the log. */}
            <span className="exactly" lang="en">
              {problem.reason}
            </span>
            <em>{t(`packs:${problem.code}.remedy`, { defaultValue: problem.remedy })}</em>
          </li>
        ))}
      </ol>
      {more > 0 && <p className="explain">{t('packs.moreProblems', { count: more })}</p>}
    </section>
  )
}
