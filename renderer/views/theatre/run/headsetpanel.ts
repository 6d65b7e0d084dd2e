import type { NoteField } from '../../../../core/scenario/schema.ts'
import type { PanelButton, PanelContent } from '../../../xr/panel.ts'
import { alarmsOf } from '../procedure/alarms.ts'
import { monitorColours } from '../procedure/waveforms.ts'
import { type Run, reader } from './context.tsx'
import { menuOf, type SectionId } from './menu.ts'

type Translate = (key: string, params?: Record<string, number>) => string
export type HeadsetTab = SectionId | 'tools'

/** The sections that fit a headset: the note and long questions are lists of choices too. */
const TABS: readonly HeadsetTab[] = ['tools', 'patient', 'team', 'position', 'checks', 'drain', 'questions', 'note']

/** What stands on the panel now: step and hints, vital signs, tabs, and the items of the open tab. */
export function headsetContent(run: Run, tab: HeadsetTab, t: Translate): PanelContent {
  const { live, clinical, texts } = run
  const { view } = live.state.getState()
  const read = reader(live)
  const steps = view?.phases.flatMap(({ steps: own }) => own) ?? []
  const current = steps.find(({ isCurrent }) => isCurrent)
  const alarms = alarmsOf(live.snapshot())
  const whole = (value: number) => String(Math.round(value))
  return {
    title: current?.title ? texts(current.title) : t(current ? 'guide.hidden' : 'guide.allDone'),
    lines: (current?.hints ?? []).slice(-2).map(({ text }) => texts(text)),
    vitals: [
      {
        label: t('monitor.hr'),
        value: whole(read('vitals.heartRate')),
        colour: monitorColours.ecg,
        alarm: alarms.heartRate,
      },
      {
        label: t('monitor.bp'),
        value: `${whole(read('vitals.systolicMmHg'))}/${whole(read('vitals.diastolicMmHg'))}`,
        colour: monitorColours.arterial,
        alarm: alarms.systolic,
      },
      { label: 'SpO₂', value: whole(read('vitals.spo2')), colour: monitorColours.pleth, alarm: alarms.spo2 },
      {
        label: t('monitor.rr'),
        value: whole(read('vitals.breaths')),
        colour: monitorColours.resp,
        alarm: alarms.breaths,
      },
    ],
    tabs: TABS.map((id) => ({
      id: `tab:${id}`,
      label: id === 'tools' ? t('xr.tools') : t(`dock.${id}`),
      state: id === tab ? 'on' : 'ready',
    })),
    items: view ? itemsOf(run, tab, t) : [],
  }

  function itemsOf(of: Run, open: HeadsetTab, translate: Translate): PanelButton[] {
    if (!view) return []
    if (open === 'tools') {
      const tools = clinical.tools.map(({ kind, title }) => ({
        id: `act:pick:${kind}`,
        label: texts(title),
        state: 'ready' as const,
      }))
      return [
        ...tools,
        { id: 'act:put:', label: translate('tray.put'), state: 'ready' },
        { id: 'act:hint:', label: translate('guide.help'), state: 'ready' },
      ]
    }
    if (open === 'questions')
      return view.questions
        .filter(({ answer }) => answer === null)
        .slice(0, 2)
        .flatMap(({ question }) =>
          question.options.map((option, index) => ({
            id: `act:answer:${question.id}:${index}`,
            label: texts(option.text),
            state: 'ready' as const,
          })),
        )
    if (open === 'note') {
      const next = view.note.find(({ value }) => value === null)?.field
      return [
        ...(next ? noteChoices(next, texts) : []),
        { id: 'act:finish:case', label: translate('note.finish'), state: 'ready' },
      ]
    }
    const section = menuOf(view, of.clinical, read).find(({ id }) => id === open)
    return (section?.items ?? []).map(({ verb, object, value, label, params, state }) => ({
      id: value === undefined ? `act:${verb}:${object}` : `act:${verb}:${object}:${value}`,
      label: label.startsWith('@') ? texts(label) : translate(label, params),
      state,
    }))
  }
}

/** Steps offered for a figure of the note, from the low end of its range: without a keyboard one chooses. */
const FIGURE_STEPS = 12

/** The next open line of the note as buttons. */
function noteChoices(field: NoteField, texts: (reference: string) => string): PanelButton[] {
  const title = texts(field.title)
  if (field.type === 'choice')
    return field.options.map((option, index) => ({
      id: `act:note:${field.id}:${index}`,
      label: `${title}: ${texts(option.text)}`,
      state: 'ready' as const,
    }))
  const low = field.range.atLeast ?? 0
  const step = ((field.range.atMost ?? low + 200) - low) / 20
  return Array.from({ length: FIGURE_STEPS }, (_, i) => ({
    id: `act:note:${field.id}:${low + i * step}`,
    label: `${title}: ${low + i * step} ${field.unit}`,
    state: 'ready' as const,
  }))
}
