import { Alert, Button, Group, SegmentedControl } from '@mantine/core'
import { IconHandFinger, IconPlayerPlay, IconStethoscope } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DeviceClass, Mode, PackDetail } from '../../../../core/contract/index.ts'
import type { Case } from '../../../../core/scenario/schema.ts'
import { PackBadges } from '../../../app/PackBadges.tsx'
import type { PackTexts } from '../run/texts.ts'
import { Chart } from './Chart.tsx'

export type BriefingChoice = { start: string; mode: Mode; deviceClass: DeviceClass }

type Props = {
  readonly pack: PackDetail
  readonly clinical: Case
  readonly texts: PackTexts
  readonly choice: BriefingChoice
  readonly resumable: { sessionId: string; chunks: number } | null
  readonly busy: 'no' | 'yes'
  readonly onChoice: (choice: BriefingChoice) => void
  readonly onBegin: () => void
  readonly onResume: () => void
  readonly onDiscard: () => void
  readonly onExpert: () => void
  readonly onPad: () => void
}

/** One page before the hands move: the chart, what is to be learned, how it will be done. */
export function Briefing(props: Props) {
  const { t } = useTranslation('theatre')
  const { pack, clinical, texts, choice, resumable, busy } = props
  const start = clinical.starts.find(({ id }) => id === choice.start) ?? clinical.starts[0]
  return (
    <div className="sina-page briefing">
      <div className="briefing-page">
        <header className="briefing-head">
          <div>
            <p className="briefing-kicker">{t('briefing.kicker', { minutes: clinical.minutes })}</p>
            <h1>{texts(clinical.title)}</h1>
            <p>{texts(clinical.summary)}</p>
          </div>
          <div className="briefing-badges">
            <PackBadges badges={pack.summary.badges} />
          </div>
        </header>
        {resumable && (
          <Alert color="turquoise" title={t('briefing.resumeTitle')} mb="md">
            <p>{t('briefing.resumeText', { seconds: resumable.chunks })}</p>
            <div className="row">
              <Button size="compact-md" onClick={props.onResume}>
                {t('briefing.resume')}
              </Button>
              <Button size="compact-md" variant="default" onClick={props.onDiscard}>
                {t('briefing.discard')}
              </Button>
            </div>
          </Alert>
        )}
        <div className="briefing-columns">
          <Chart clinical={clinical} start={start} texts={texts} media={pack.mediaBase} />
          <aside>
            <Choice label={t('briefing.start')}>
              <SegmentedControl
                fullWidth
                orientation="vertical"
                data={clinical.starts.map(({ id, title }) => ({ value: id, label: texts(title) }))}
                value={start.id}
                onChange={(id) => props.onChoice({ ...choice, start: id })}
              />
            </Choice>
            <Choice label={t('briefing.mode')}>
              <SegmentedControl
                fullWidth
                data={(['practice', 'assessment'] as const).map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
                value={choice.mode}
                onChange={(mode) => props.onChoice({ ...choice, mode: mode as Mode })}
              />
              <p className="explain">{t(`briefing.modeText.${choice.mode}`)}</p>
            </Choice>
            <Choice label={t('briefing.device')}>
              <SegmentedControl
                fullWidth
                data={(['mouse', 'gamepad'] as const).map((kind) => ({ value: kind, label: t(`device.${kind}`) }))}
                value={choice.deviceClass}
                onChange={(kind) => props.onChoice({ ...choice, deviceClass: kind as DeviceClass })}
              />
              <p className="explain">{t('briefing.deviceText')}</p>
            </Choice>
            <Button
              size="lg"
              fullWidth
              data-begin
              loading={busy === 'yes'}
              leftSection={<IconStethoscope size={20} />}
              onClick={props.onBegin}
            >
              {t('briefing.begin')}
            </Button>
            <Group grow preventGrowOverflow={false} gap={8}>
              <Button variant="default" leftSection={<IconPlayerPlay size={16} />} onClick={props.onExpert}>
                {t('briefing.expert')}
              </Button>
              <Button variant="default" leftSection={<IconHandFinger size={16} />} onClick={props.onPad}>
                {t('briefing.pad')}
              </Button>
            </Group>
            <Listed title={t('briefing.objectives')} items={clinical.objectives.map(texts)} />
            <Listed title={t('briefing.indications')} items={clinical.indications.map(texts)} />
            <p className="safety">{t('safety')}</p>
          </aside>
        </div>
      </div>
    </div>
  )
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {children}
    </fieldset>
  )
}

function Listed({ title, items }: { title: string; items: string[] }) {
  return (
    <section className="listed">
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  )
}
