import type { Vec3 } from './orbit.ts'

/** What gestures mean; shares are of the element's height. */
export type GestureMeaning = {
  /** The point of the body that a gesture takes hold of. */
  grasp(x: number, y: number): Vec3
  turn(pivot: Vec3, dx: number, dy: number): void
  slide(pivot: Vec3, dx: number, dy: number): void
  zoom(pivot: Vec3, factor: number): void
  click(x: number, y: number, event: PointerEvent): void
  move(x: number, y: number): void
  leave(): void
}

const CLICK_PX = 5
const WHEEL_REST_MS = 250
const KEY_STEP = 0.05

/** Reads mouse, pen, touch, touchpad and arrow keys on an element. */
export class GestureReader {
  private readonly element: HTMLElement
  private readonly meaning: GestureMeaning
  private readonly pointers = new Map<number, { x: number; y: number }>()
  private readonly stop = new AbortController()
  private pivot: Vec3 = [0, 0, 0]
  private moved = 0
  private mode: 'turn' | 'slide' = 'turn'
  private wheelPivot: Vec3 | undefined
  private wheelTimer: ReturnType<typeof setTimeout> | undefined

  constructor(element: HTMLElement, meaning: GestureMeaning) {
    this.element = element
    this.meaning = meaning
    element.style.touchAction = 'none'
    const { signal } = this.stop
    element.addEventListener('pointerdown', this.down, { signal })
    element.addEventListener('pointermove', this.drag, { signal })
    element.addEventListener('pointerup', this.up, { signal })
    element.addEventListener('pointercancel', this.up, { signal })
    element.addEventListener('pointerleave', () => meaning.leave(), { signal })
    element.addEventListener('wheel', this.wheel, { signal, passive: false })
    element.addEventListener('keydown', this.key, { signal })
    element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  }

  dispose(): void {
    this.stop.abort()
    clearTimeout(this.wheelTimer)
  }

  private readonly down = (event: PointerEvent) => {
    this.element.setPointerCapture(event.pointerId)
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    this.mode = event.button !== 0 || event.shiftKey ? 'slide' : 'turn'
    if (this.pointers.size === 1) this.moved = 0
    const middle = this.middle()
    this.pivot = this.meaning.grasp(middle.x, middle.y)
  }

  private readonly drag = (event: PointerEvent) => {
    const before = this.pointers.get(event.pointerId)
    if (!before) return this.meaning.move(event.clientX, event.clientY)
    const old = this.middle()
    const oldSpread = this.spread()
    this.moved += Math.hypot(event.clientX - before.x, event.clientY - before.y)
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (this.moved < CLICK_PX) return
    const { x, y } = this.middle()
    const height = this.element.clientHeight || 1
    const dx = (x - old.x) / height
    const dy = (y - old.y) / height
    if (this.pointers.size > 1) {
      this.meaning.slide(this.pivot, dx, dy)
      const spread = this.spread()
      if (oldSpread > 0 && spread > 0) this.meaning.zoom(this.pivot, oldSpread / spread)
    } else if (this.mode === 'turn') this.meaning.turn(this.pivot, dx, dy)
    else this.meaning.slide(this.pivot, dx, dy)
  }

  private readonly up = (event: PointerEvent) => {
    const known = this.pointers.delete(event.pointerId)
    if (!known) return
    if (this.pointers.size === 0 && this.moved < CLICK_PX && event.type === 'pointerup' && event.button === 0)
      this.meaning.click(event.clientX, event.clientY, event)
    if (this.pointers.size === 1) {
      const { x, y } = this.middle()
      this.pivot = this.meaning.grasp(x, y)
    }
  }

  private readonly wheel = (event: WheelEvent) => {
    event.preventDefault()
    this.wheelPivot ??= this.meaning.grasp(event.clientX, event.clientY)
    clearTimeout(this.wheelTimer)
    this.wheelTimer = setTimeout(() => {
      this.wheelPivot = undefined
    }, WHEEL_REST_MS)
    const height = this.element.clientHeight || 1
    // Two fingers on a touchpad pan with Shift; a pinch arrives as a wheel with Ctrl.
    if (event.shiftKey && !event.ctrlKey) {
      this.meaning.slide(this.wheelPivot, -event.deltaX / height, -event.deltaY / height)
      return
    }
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1
    const delta = Math.max(-240, Math.min(240, event.deltaY * lines))
    this.meaning.zoom(this.wheelPivot, Math.exp(delta * (event.ctrlKey ? 0.008 : 0.0016)))
  }

  private readonly key = (event: KeyboardEvent) => {
    const step = arrows[event.key]
    const nearer = event.key === '+' || event.key === '=' ? 0.85 : event.key === '-' ? 1 / 0.85 : undefined
    if ((!step && !nearer) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const box = this.element.getBoundingClientRect()
    const pivot = this.meaning.grasp(box.left + box.width / 2, box.top + box.height / 2)
    if (nearer) this.meaning.zoom(pivot, nearer)
    else if (step && event.shiftKey) this.meaning.slide(pivot, step[0] * KEY_STEP, step[1] * KEY_STEP)
    else if (step) this.meaning.turn(pivot, step[0] * KEY_STEP, step[1] * KEY_STEP)
  }

  private middle(): { x: number; y: number } {
    let x = 0
    let y = 0
    for (const pointer of this.pointers.values()) {
      x += pointer.x / this.pointers.size
      y += pointer.y / this.pointers.size
    }
    return { x, y }
  }

  private spread(): number {
    const [a, b] = [...this.pointers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
