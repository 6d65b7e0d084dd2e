import { z } from 'zod'
import { type Language, languageSchema } from '../contract/values.ts'
import { ILLNESSES } from '../physiology/illness.ts'
import { OBSERVABLES, TOOLS } from '../simulation/contract.ts'
import { conditionSchema } from './condition.ts'
import { type LocaleTexts, type Manifest, PACK_FORMAT, packLimits } from './manifest.ts'
import { caseMetricSchema, scoreLawSchema } from './measure.ts'
import {
  daySchema,
  idSchema,
  mediaSchema,
  rangeSchema,
  severitySchema,
  sourceSchema,
  textSchema,
} from './primitives.ts'

const textsSchema = z.array(textSchema).max(40)

/** One page, in the words of FHIR: what is known before the hands move. */
export const chartSchema = z.strictObject({
  complaint: textSchema,
  history: textsSchema,
  allergies: textsSchema,
  medication: textsSchema,
  observations: z
    .array(
      z.strictObject({
        code: textSchema,
        /** Either a figure, or the observable whose value at the start is shown. */
        value: z.number().optional(),
        observable: z.enum(OBSERVABLES).optional(),
        unit: z.string().max(20).optional(),
        finding: textSchema.optional(),
      }),
    )
    .max(40),
  images: z.array(z.strictObject({ title: textSchema, media: mediaSchema, finding: textSchema })).max(10),
})
export type Chart = z.infer<typeof chartSchema>

/** How the patient is when the case opens. The title must not name the diagnosis. */
export const startSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  summary: textSchema,
  chart: chartSchema,
  diagnosis: idSchema,
  /** As `Start` of the simulation: what is in the chest, and how it goes on if nobody acts. */
  physiology: z.strictObject({
    kind: z.enum(['tension', 'stable']),
    ventilation: z.enum(['breathing', 'ventilated']),
    airMl: z.int().min(0).max(6000),
    leakMlMin: z.int().min(0).max(6000),
    timeScale: z.int().min(1).max(120),
    oxygen: z.literal([0, 1]),
    bedHeadUpDegrees: z.int().min(0).max(60),
    illness: z
      .array(z.strictObject({ kind: z.enum(ILLNESSES), percent: z.int().min(0).max(100) }))
      .max(5)
      .optional(),
  }),
})
export type CaseStart = z.infer<typeof startSchema>

/** Bodies that the seed draws from. */
export const profileSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  share: z.number().min(0).max(1),
  sex: z.enum(['male', 'female']),
  age: z.tuple([z.int().min(18).max(100), z.int().min(18).max(100)]),
  heightM: z.tuple([z.number().min(1.4).max(2.1), z.number().min(1.4).max(2.1)]),
  bmi: z.tuple([z.number().min(16).max(50), z.number().min(16).max(50)]),
  /** Thickness from skin to pleura in the safe triangle. */
  wallMm: z.tuple([z.number().min(15).max(110), z.number().min(15).max(110)]),
})
export type PatientProfile = z.infer<typeof profileSchema>

/** A drug of the case: its name in each language and its figures are data, never words of a translation. */
export const drugSchema = z.strictObject({
  id: idSchema,
  names: z.record(languageSchema, z.string().min(1).max(60)),
  route: idSchema,
  doseMgPerKg: z.tuple([z.number().min(0), z.number().min(0)]),
  onsetSeconds: z.number().min(0),
  peakMinutes: z.number().min(0),
  durationMinutes: z.number().min(0),
  /** Rate of equilibration with the effect site; null where the drug acts where it is put. */
  ke0PerMinute: z.number().min(0).nullable(),
  /** A figure nobody qualified has confirmed. */
  review: z.literal(true).optional(),
  source: sourceSchema,
})
export type CaseDrug = z.infer<typeof drugSchema>

export const toolSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  /** Kind of instrument that the simulation knows. */
  kind: z.enum(TOOLS),
  use: textSchema,
})
export type CaseTool = z.infer<typeof toolSchema>

export const orderSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  /** Verb and object that the menu sends, such as `order` `oxygen`. */
  verb: idSchema,
  delaySeconds: z.number().min(0).max(3600),
  /** What comes back; the first row that fits the start and the sick side. */
  results: z
    .array(
      z.strictObject({
        text: textSchema,
        media: mediaSchema.optional(),
        sickSide: z.enum(['left', 'right']).optional(),
        starts: z.array(idSchema).optional(),
      }),
    )
    .max(12)
    .optional(),
  starts: z.array(idSchema).optional(),
})
export type CaseOrder = z.infer<typeof orderSchema>

export const hintSchema = z.strictObject({
  text: textSchema,
  /** Shown only after the trainee has committed to a diagnosis. */
  reveals: z.literal('diagnosis').optional(),
  /** What to mark in the scene: a landmark, structure, tool or menu entry. */
  show: z.string().max(64).optional(),
})
export type Hint = z.infer<typeof hintSchema>

export const stepSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  done: conditionSchema,
  /** Steps that must be done before this one can be: only where it is physically or legally so. */
  requires: z.array(idSchema).max(20).optional(),
  starts: z.array(idSchema).optional(),
  /** From the least to the most telling. */
  hints: z.array(hintSchema).min(1).max(5),
  weight: z.number().min(0).max(10),
  optional: z.literal(true).optional(),
})
export type CaseStep = z.infer<typeof stepSchema>

export const phaseSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  /** `strict`: each step waits for the one before; `free`: any order that `requires` allows. */
  order: z.enum(['strict', 'free']),
  starts: z.array(idSchema).optional(),
  /** Its titles name the diagnosis: hidden until the trainee has committed to one. */
  reveals: z.literal('diagnosis').optional(),
  steps: z.array(stepSchema).min(1).max(packLimits.steps),
})
export type CasePhase = z.infer<typeof phaseSchema>

export const caseErrorSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  when: conditionSchema,
  severity: severitySchema,
  /** What it does to the patient. */
  consequence: textSchema,
  /** What to do instead. */
  remedy: textSchema,
  /** Steps whose hints come back after this error. */
  steps: z.array(idSchema).max(20),
  /** Drill to offer next. */
  drill: idSchema,
  starts: z.array(idSchema).optional(),
  source: sourceSchema,
})
export type CaseError = z.infer<typeof caseErrorSchema>

export const questionSchema = z.strictObject({
  id: idSchema,
  text: textSchema,
  options: z
    .array(z.strictObject({ id: idSchema, text: textSchema, right: z.literal(true).optional() }))
    .min(2)
    .max(8),
  explain: textSchema,
  opens: conditionSchema.optional(),
  starts: z.array(idSchema).optional(),
})
export type CaseQuestion = z.infer<typeof questionSchema>

export const checklistSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  items: z
    .array(z.strictObject({ id: idSchema, text: textSchema }))
    .min(1)
    .max(30),
  starts: z.array(idSchema).optional(),
})
export type Checklist = z.infer<typeof checklistSchema>

/** One line of the graded operation note. The trainee sends `note <field>` with the option's number or the figure. */
export const noteFieldSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('choice'),
    id: idSchema,
    title: textSchema,
    options: z
      .array(z.strictObject({ id: idSchema, text: textSchema, rightWhen: conditionSchema.optional() }))
      .min(2)
      .max(12),
    weight: z.number().min(0).max(10),
    starts: z.array(idSchema).optional(),
  }),
  z.strictObject({
    type: z.literal('figure'),
    id: idSchema,
    title: textSchema,
    unit: z.string().max(20),
    observable: z.enum(OBSERVABLES),
    tolerance: z.number().min(0),
    range: rangeSchema,
    weight: z.number().min(0).max(10),
    starts: z.array(idSchema).optional(),
  }),
])
export type NoteField = z.infer<typeof noteFieldSchema>

/** How the case can end. The first whose condition holds wins. */
export const outcomeSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema,
  when: conditionSchema,
  kind: z.enum(['finished', 'died']),
})
export type CaseOutcome = z.infer<typeof outcomeSchema>

/** Unscored place to learn the hands: never part of a curve. */
export const padSchema = z.strictObject({
  seconds: z.number().min(30).max(600),
  tasks: z
    .array(z.strictObject({ id: idSchema, title: textSchema, text: textSchema, done: conditionSchema, tool: idSchema }))
    .min(1)
    .max(12),
})
export type SkillsPad = z.infer<typeof padSchema>

export const caseSchema = z.strictObject({
  format: z.literal(PACK_FORMAT),
  id: idSchema,
  title: textSchema,
  summary: textSchema,
  tier: z.enum(['headset', 'desktop']),
  minutes: z.number().min(1).max(240),
  /** Region of the atlas, side and pose in which the field lies. */
  field: z.strictObject({ region: idSchema, pose: idSchema }),
  objectives: textsSchema.min(1),
  indications: textsSchema.min(1),
  /** Figures that texts name as `{{id}}`: doses and limits are data, never words in a translation. */
  facts: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/), z.union([z.number(), z.string().max(64)])),
  /** Named in texts as `{{drugLidocaine}}`: `drug` and the id. */
  drugs: z.array(drugSchema).max(60),
  starts: z.array(startSchema).min(1).max(12),
  profiles: z.array(profileSchema).min(1).max(24),
  diagnoses: z
    .array(z.strictObject({ id: idSchema, title: textSchema }))
    .min(2)
    .max(24),
  tools: z.array(toolSchema).min(1).max(60),
  orders: z.array(orderSchema).max(60),
  questions: z.array(questionSchema).max(60),
  checklists: z.array(checklistSchema).max(20),
  phases: z.array(phaseSchema).min(1).max(40),
  errors: z.array(caseErrorSchema).max(200),
  note: z.array(noteFieldSchema).max(40),
  outcomes: z.array(outcomeSchema).min(1).max(20),
  drills: z
    .array(z.strictObject({ id: idSchema, title: textSchema, text: textSchema, minutes: z.number().min(1).max(60) }))
    .min(1)
    .max(60),
  metrics: z.array(caseMetricSchema).min(1).max(80),
  score: scoreLawSchema,
  pad: padSchema,
  /** Which run the page replays under "Watch the expert". */
  expert: z
    .array(z.strictObject({ start: idSchema, operator: idSchema, seed: z.int().min(0).max(0xffffffff) }))
    .min(1)
    .max(12),
  sources: z.array(sourceSchema).min(1).max(100),
  reviewers: z.array(
    z.strictObject({ name: z.string().min(1).max(120), role: z.string().min(1).max(120), date: daySchema }),
  ),
})
export type Case = z.infer<typeof caseSchema>

/** Everything of a pack that has been checked. */
export type Pack = {
  manifest: Manifest
  cases: Case[]
  locales: Partial<Record<Language, LocaleTexts>>
}
