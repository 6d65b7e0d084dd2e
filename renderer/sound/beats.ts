/** When the heart beats, read from the ECG that a snapshot carries. */
import { HEADER, type SnapshotBuffer, WAVE_LENGTH, WAVES } from '../../core/simulation/snapshot.ts'

/** Height of an R wave that counts, mV, and the shortest time between two, in samples of 10 ms. */
const R_MV = 0.5
const DEAD_SAMPLES = 20
const ECG = WAVES.indexOf('ecg') * WAVE_LENGTH

/** Where reading stands: the last tick read, and that of the last beat. */
export type BeatReader = { tick: number; beatTick: number }
export const beatReader = (): BeatReader => ({ tick: -1, beatTick: -DEAD_SAMPLES })

/**
 * Reads what is new since the last call and answers the beats in it. A jump of the tick (seeking, a first look) is
 * passed over: beats of another time are not heard.
 */
export function beatsIn(reader: BeatReader, snapshot: SnapshotBuffer): number {
  const tick = snapshot.header[HEADER.tick]
  const fresh = tick - reader.tick
  const jumped = reader.tick < 0 || fresh < 0 || fresh >= WAVE_LENGTH / 4
  reader.tick = tick
  if (jumped) {
    reader.beatTick = tick - DEAD_SAMPLES
    return 0
  }
  let beats = 0
  for (let age = fresh - 1; age >= 0; age--) {
    if (
      !(ecgAt(snapshot, age) > R_MV) ||
      ecgAt(snapshot, age + 1) > R_MV ||
      tick - age - reader.beatTick < DEAD_SAMPLES
    )
      continue
    reader.beatTick = tick - age
    beats++
  }
  return beats
}

/** The ECG so many samples ago, mV. */
function ecgAt({ header, waves }: SnapshotBuffer, age: number): number {
  return waves[ECG + ((header[HEADER.waveHead] - 1 - age + 2 * WAVE_LENGTH) % WAVE_LENGTH)]
}
