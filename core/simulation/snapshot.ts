/**
 * The snapshot for drawing: plain typed-array views over one buffer, so that a page can put three of them into one
 * SharedArrayBuffer. A world fills it (`World.draw`); the page only reads.
 */

/** Columns of the wall grid: 1 mm cells over the operative field (160 along u, 200 along v, row of growing u first). */
export const WALL_COLUMNS = 160
export const WALL_ROWS = 200
/** Samples a waveform ring holds (8 s at 100 Hz) and its channels, in order. */
export const WAVE_LENGTH = 800
export const WAVES = ['ecg', 'arterial', 'pleth', 'co2', 'impedance', 'airway'] as const
/** Points kept of the incision and the drain. */
export const INCISION_POINTS = 64
export const DRAIN_POINTS = 32
/** Where bleeding shows at once. */
export const BLEED_SEEDS = 8

/** Slots of `SnapshotBuffer.header` (Int32). */
export const HEADER = {
  tick: 0,
  wallVersion: 1,
  incisionCount: 2,
  drainCount: 3,
  waveHead: 4,
  alarms: 5,
  bleedCount: 6,
  drainState: 7,
  cannulaState: 8,
  heartPhase: 9,
} as const

/** Bits of `header[HEADER.alarms]`; two bits each: 0 none, 1 low, 2 medium, 3 high. Order of `ALARM_CHANNELS`. */
export const ALARM_CHANNELS = [
  'heartRate',
  'systolic',
  'diastolic',
  'mean',
  'spo2',
  'breaths',
  'etco2',
  'airway',
  'arrest',
] as const

/** Bits of `header[HEADER.drainState]`. */
export const DRAIN_STATE = {
  inSitu: 1,
  connected: 2,
  suction: 4,
  clamped: 8,
  kinked: 16,
  fixed: 32,
  dressed: 64,
  sealBelow: 128,
} as const
/** Bits of `header[HEADER.cannulaState]`. */
export const CANNULA_STATE = { inSitu: 1, inPleura: 2, open: 4, long: 8 } as const

/** Floats per hand in `tools`, and their slots. Positions m (body frame), quaternions tool → body, force N. */
export const TOOL_STRIDE = 20
export const TOOL = {
  tool: 0, // index in TOOLS
  proxy: 1, // x y z
  proxyRotation: 4, // x y z w
  hand: 8, // x y z of the sample
  handRotation: 11, // x y z w
  force: 15,
  structure: 16, // index in STRUCTURES
  depth: 17, // mm below the skin, negative above
  jaw: 18, // 0–1
  gap: 19, // mm between hand and proxy
} as const

export type SnapshotBuffer = {
  readonly buffer: ArrayBufferLike
  readonly header: Int32Array
  /** 2 × TOOL_STRIDE. */
  readonly tools: Float32Array
  /** All observables in the order of OBSERVABLES. */
  readonly observed: Float64Array
  /** Depth of the opening below the skin per wall cell, 0.01 mm (0 closed). */
  readonly open: Uint16Array
  /** How far the edges of the opening are held or have been pulled apart, 0.1 mm. */
  readonly dilation: Uint8Array
  /** How far the living skin of a cell stands out (inward: negative) from where it is at rest, 0.01 mm. */
  readonly sag: Int16Array
  /** Blood on the wall cell 0–255, and local anaesthetic wheal 0–255. */
  readonly blood: Uint8Array
  readonly wheal: Uint8Array
  /** Indentation of the skin under tips that are out of the patch's reach, per hand: u, v (mm), depth (mm), radius (mm). */
  readonly dents: Float32Array
  /** Incision strokes on the skin: u, v, w (mm, field frame), depth (mm); a stroke starts where depth is negative. */
  readonly incision: Float32Array
  /** Drain centreline from its tip outward: x y z (m, body frame). */
  readonly drain: Float32Array
  /** Cannula left in the wall: tip x y z, axis x y z (body frame, m). */
  readonly cannula: Float32Array
  /** Skin mark: u, v (mm), 1 when placed. */
  readonly mark: Float32Array
  /** Bleeding sites: x y z (m), mL/min. */
  readonly bleeds: Float32Array
  /** WAVES.length rings of WAVE_LENGTH samples; `header[waveHead]` is the next slot to be written. ECG mV, arterial mmHg, pleth 0–1, CO₂ mmHg, impedance 0–1, airway cmH₂O. */
  readonly waves: Float32Array
}

type View = Int32Array | Int16Array | Float32Array | Float64Array | Uint16Array | Uint8Array
type ViewType<T extends View> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T
  readonly BYTES_PER_ELEMENT: number
}

const OBSERVED_ROOM = 128

/** Bytes of one snapshot; a SharedArrayBuffer for three holds 3 × this. */
export const SNAPSHOT_BYTES = layout(null, 0).bytes

/** Views of one snapshot in `buffer` from `byteOffset` (a multiple of 8). Allocates a plain buffer when none is given. */
export function createSnapshotBuffer(
  buffer: ArrayBufferLike = new ArrayBuffer(SNAPSHOT_BYTES),
  byteOffset = 0,
): SnapshotBuffer {
  return layout(buffer, byteOffset).views as SnapshotBuffer
}

function layout(buffer: ArrayBufferLike | null, start: number): { bytes: number; views: SnapshotBuffer | null } {
  let offset = start
  const place = <T extends View>(type: ViewType<T>, length: number): T => {
    const view = buffer === null ? new type(new ArrayBuffer(0), 0, 0) : new type(buffer, offset, length)
    offset += (length * type.BYTES_PER_ELEMENT + 7) & ~7
    return view
  }
  const cells = WALL_COLUMNS * WALL_ROWS
  const views: Omit<SnapshotBuffer, 'buffer'> = {
    header: place(Int32Array as unknown as ViewType<Int32Array>, 16),
    tools: place(Float32Array as unknown as ViewType<Float32Array>, 2 * TOOL_STRIDE),
    observed: place(Float64Array as unknown as ViewType<Float64Array>, OBSERVED_ROOM),
    open: place(Uint16Array as unknown as ViewType<Uint16Array>, cells),
    dilation: place(Uint8Array as unknown as ViewType<Uint8Array>, cells),
    sag: place(Int16Array as unknown as ViewType<Int16Array>, cells),
    blood: place(Uint8Array as unknown as ViewType<Uint8Array>, cells),
    wheal: place(Uint8Array as unknown as ViewType<Uint8Array>, cells),
    dents: place(Float32Array as unknown as ViewType<Float32Array>, 8),
    incision: place(Float32Array as unknown as ViewType<Float32Array>, INCISION_POINTS * 4),
    drain: place(Float32Array as unknown as ViewType<Float32Array>, DRAIN_POINTS * 3),
    cannula: place(Float32Array as unknown as ViewType<Float32Array>, 6),
    mark: place(Float32Array as unknown as ViewType<Float32Array>, 3),
    bleeds: place(Float32Array as unknown as ViewType<Float32Array>, BLEED_SEEDS * 4),
    waves: place(Float32Array as unknown as ViewType<Float32Array>, WAVES.length * WAVE_LENGTH),
  }
  return { bytes: offset - start, views: buffer === null ? null : { buffer, ...views } }
}
