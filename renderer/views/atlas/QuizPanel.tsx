import { Button, Group, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { actions } from '../../app/actions.ts'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { useAtlasState } from './atlasstore.ts'
import { nameOf } from './terms.ts'

/** "Point at it": the structure asked, and whether the last answer was right. */
export function QuizPanel({ atlas }: { atlas: Atlas }) {
  const { t } = useTranslation()
  const quiz = useAtlasState((state) => state.quiz)
  const language = usePreferences((value) => value.terms)
  if (!quiz) return null
  const asked = atlas.byId.get(quiz.asked)
  const picked = quiz.answer ? atlas.byId.get(quiz.answer.picked) : undefined
  if (!asked) return null
  const { name, latin } = nameOf(asked, language)
  return (
    <section className="sina-panel sina-quiz" aria-label={t('atlas:quiz.title')} aria-live="polite">
      <Text size="sm" c="dimmed">
        {t('atlas:quiz.progress', { at: quiz.at + 1, total: quiz.asks.length, right: quiz.right })}
      </Text>
      <Text size="lg" fw={600}>
        {t('atlas:quiz.ask', { name })}
      </Text>
      {language !== 'latin' && <Text className="sina-latin">{latin}</Text>}
      {quiz.answer && picked && (
        <Group gap={8} mt={6} wrap="nowrap" align="flex-start">
          {quiz.answer.verdict === 'right' ? (
            <IconCheck color="var(--sina-success)" aria-hidden />
          ) : (
            <IconX color="var(--sina-danger)" aria-hidden />
          )}
          <Text>
            {quiz.answer.verdict === 'right'
              ? t('atlas:quiz.right')
              : t('atlas:quiz.wrong', { name: nameOf(picked, language).name })}
          </Text>
        </Group>
      )}
      <Group gap={8} mt={10}>
        {quiz.answer && (
          <Button size="compact-md" onClick={() => actions.perform('atlas.quizNext')}>
            {quiz.at + 1 < quiz.asks.length ? t('atlas:action.quizNext') : t('atlas:quiz.finish')}
          </Button>
        )}
        <Button size="compact-md" variant="default" onClick={() => actions.perform('atlas.quiz')}>
          {t('atlas:quiz.stop')}
        </Button>
      </Group>
    </section>
  )
}
