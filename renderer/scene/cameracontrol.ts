import { between, type Covered, frame, type Side, sides, uncovered, type Vec3, type View } from './orbit.ts'

/** Vertical field of view of the desktop camera: a long lens, as in printed atlases. Radians. */
export const FIELD_OF_VIEW = (26 * Math.PI) / 180
const FLIGHT_MS = 200

/** Whether motion may be shown. */
export type Motion = 'full' | 'reduced'

/** The camera of one canvas: its view, and flights to others. Framework-free; the rig draws it. */
export class CameraControl {
  private now: View
  private flight: { from: View; to: View; begun: number } | undefined
  private readonly listeners = new Set<() => void>()
  aspect = 1.6
  motion: Motion = 'full'
  /** What panels cover: framed structures stand in the rest. */
  covered: Covered = uncovered

  constructor(view: View) {
    this.now = view
  }

  get view(): View {
    return this.now
  }

  /** Where the camera will be when it rests. */
  get goal(): View {
    return this.flight?.to ?? this.now
  }

  get flying(): boolean {
    return this.flight !== undefined
  }

  set(view: View): void {
    this.flight = undefined
    this.now = view
    this.notify()
  }

  flyTo(view: View): void {
    if (this.motion === 'reduced') {
      this.set(view)
      return
    }
    this.flight = { from: this.now, to: view, begun: -1 }
    this.notify()
  }

  /** Shows a box whole from the same direction, or from a side. */
  frame(box: readonly [Vec3, Vec3], side?: Side): void {
    this.flyTo(frame(side ? sides[side] : this.goal, box, FIELD_OF_VIEW, this.aspect, this.covered))
  }

  /** Moves a flight on. @param nowMs a clock in milliseconds */
  advance(nowMs: number): void {
    const { flight } = this
    if (!flight) return
    if (flight.begun < 0) flight.begun = nowMs
    const t = Math.min(1, (nowMs - flight.begun) / FLIGHT_MS)
    this.now = t >= 1 ? flight.to : between(flight.from, flight.to, t)
    if (t >= 1) this.flight = undefined
    this.notify()
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private notify(): void {
    for (const listener of this.listeners) listener()
  }
}
