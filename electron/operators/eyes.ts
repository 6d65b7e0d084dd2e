import type { Patient, SimEvent } from '../../core/simulation/contract.ts'
import { OBSERVABLE_INDEX, type Observable } from '../../core/simulation/observables.ts'
import { add, dot, scale, sub, type Vec } from './vector.ts'

/** What a person at the table sees, hears or feels: the monitor, the wound, the marks on tools, the seal, their hands. */
const PERCEIVED = [
  'time.seconds',
  'vitals.heartRate',
  'vitals.systolicMmHg',
  'vitals.meanMmHg',
  'vitals.spo2',
  'vitals.breaths',
  'breath.soundSick',
  'breath.soundWell',
  'trachea.shiftMm',
  'wall.incisionMm',
  'wall.openDepthMm',
  'wall.tractDilationMm',
  'wall.pleuraOpen',
  'mark.placed',
  'blood.rateMlMin',
  'cannula.inSitu',
  'cannula.open',
  'aspirated.air',
  'aspirated.blood',
  'sweep.degrees',
  'finger.inPleura',
  'drain.inserted',
  'drain.depthMm',
  'drain.holesTotal',
  'drain.kinked',
  'drain.fogging',
  'drain.connected',
  'drain.clamped',
  'seal.swing',
  'seal.bubbling',
  'lidocaine.mg',
  'oxygen.on',
  'bed.headUpDegrees',
  'arm.abducted',
  'stitches.count',
  'fix.done',
  'dressing.done',
  'hand0.tool',
  'hand0.forceN',
  'hand0.depthMm',
  'hand0.gapMm',
  'hand1.tool',
  'hand1.forceN',
  'hand1.depthMm',
  'hand1.gapMm',
] as const satisfies readonly Observable[]
export type Perceived = (typeof PERCEIVED)[number]

/** Events that reach a person's senses; harm that nobody can see at once (a vessel's margin, a nerve) does not. */
const NOTICED = new Set<SimEvent['type']>([
  'picked',
  'put',
  'refused',
  'felt',
  'marked',
  'aspirated',
  'plunged',
  'decompressed',
  'drain',
  'stitched',
  'fixed',
  'dressed',
  'expanded',
  'arrest',
])

export type Landmark = Patient['field']['landmarks'][number]['id']

/**
 * The senses of an operator. Knows the skin and the landmarks that can be seen, never what lies beneath; figures and
 * events arrive `delayTicks` late.
 */
export class Eyes {
  readonly #patient: Patient
  readonly #skin: Int16Array
  readonly #ring: Float64Array[]
  #late: Float64Array
  readonly #waiting: { due: number; event: SimEvent }[] = []
  readonly delayTicks: number
  /** What was noticed in this tick. */
  noticed: readonly SimEvent[] = []
  readonly axes: { readonly u: Vec; readonly v: Vec; readonly w: Vec }
  readonly #origin: Vec

  constructor(patient: Patient, delayTicks: number) {
    this.#patient = patient
    const { frame, surfaces } = patient.field
    this.axes = { u: axis(frame.uAxis), v: axis(frame.vAxis), w: axis(frame.wAxis) }
    this.#origin = scale(frame.originUm10, 0.01)
    const bytes = Buffer.from(surfaces.skin, 'base64')
    this.#skin = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    this.delayTicks = delayTicks
    this.#ring = Array.from({ length: delayTicks + 1 }, () => new Float64Array(0))
    this.#late = new Float64Array(Object.keys(OBSERVABLE_INDEX).length)
  }

  /** Takes in what the last tick showed. */
  look(tick: number, observed: Float64Array, events: readonly SimEvent[]): void {
    this.#ring[tick % this.#ring.length] = observed.slice()
    const late = this.#ring[(tick + 1) % this.#ring.length]
    if (late.length > 0) this.#late = late
    for (const event of events)
      if (NOTICED.has(event.type)) this.#waiting.push({ due: tick + this.delayTicks, event: { ...event } })
    const due: SimEvent[] = []
    while (this.#waiting.length > 0 && this.#waiting[0].due <= tick) due.push(this.#waiting.shift()!.event)
    this.noticed = due
  }

  /** A figure as it was when the light left it. */
  see(name: Perceived): number {
    return this.#late[OBSERVABLE_INDEX[name]]
  }

  /** A landmark that can be seen, in field coordinates (mm). Throws for one that can only be felt. */
  landmark(id: Landmark): Vec {
    const found = this.#patient.field.landmarks.find((landmark) => landmark.id === id && landmark.sense === 'seen')
    if (!found) throw new RangeError(`${id} cannot be seen`)
    return scale(found.at, 0.01)
  }

  /** Height of the skin over the plane of the field at (u, v), mm. */
  skinHeight(u: number, v: number): number {
    const { columns, rows, spacingUm10 } = this.#patient.field
    const x = Math.min(columns - 1.001, Math.max(0, (u * 100) / spacingUm10))
    const y = Math.min(rows - 1.001, Math.max(0, (v * 100) / spacingUm10))
    const at = (i: number, j: number): number => this.#skin[j * columns + i] / 100
    const i = Math.floor(x)
    const j = Math.floor(y)
    const near = at(i, j) * (1 - x + i) + at(i + 1, j) * (x - i)
    const far = at(i, j + 1) * (1 - x + i) + at(i + 1, j + 1) * (x - i)
    return near * (1 - y + j) + far * (y - j)
  }

  /** The point on the skin at (u, v), body frame, mm. */
  onSkin(u: number, v: number): Vec {
    return this.toBody([u, v, this.skinHeight(u, v)])
  }

  /** Field coordinates → body frame, mm. */
  toBody(point: Vec): Vec {
    const { u, v, w } = this.axes
    return add(this.#origin, add(scale(u, point[0]), add(scale(v, point[1]), scale(w, point[2]))))
  }

  /** Body frame → field coordinates, mm. */
  toField(point: Vec): Vec {
    const from = sub(point, this.#origin)
    return [dot(from, this.axes.u), dot(from, this.axes.v), dot(from, this.axes.w)]
  }

  /** A direction of the field in the body frame. */
  direction(u: number, v: number, w: number): Vec {
    return add(scale(this.axes.u, u), add(scale(this.axes.v, v), scale(this.axes.w, w)))
  }
}

function axis(parts: readonly [number, number, number]): Vec {
  return scale(parts, 1 / 1_048_576)
}
