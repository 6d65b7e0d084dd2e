import { type PadReading, readPad } from './gamepad.ts'

/** What keys, mouse and gamepad ask for, in terms of the screen. Rates −1 … 1; steps since the last reading. */
export type DeviceReading = {
  /** Pointer in the canvas, −1 … 1 (x right, y up); null when it has not moved over it or keys took over. */
  pointer: { x: number; y: number } | null
  /** Motion of the pointer since the last reading, in shares of the canvas height. */
  dragX: number
  dragY: number
  wheel: number
  /** Turning and nearing of the camera: middle button or Ctrl with the pointer, Ctrl with the wheel. */
  orbitX: number
  orbitY: number
  zoom: number
  turning: 'lean' | 'no'
  right: number
  up: number
  leanRight: number
  leanUp: number
  depth: number
  roll: number
  use: number
  aspirate: 'held' | 'free'
  brace: 'held' | 'free'
  pace: 'normal' | 'fine'
}

/** Keys that are held, by what they ask for. Letters are places on the keyboard, so every layout works. */
const HELD: Readonly<Record<string, readonly [keyof DeviceReading, number]>> = {
  ArrowLeft: ['right', -1],
  ArrowRight: ['right', 1],
  ArrowUp: ['up', 1],
  ArrowDown: ['up', -1],
  KeyW: ['depth', 1],
  KeyS: ['depth', -1],
  KeyA: ['leanRight', -1],
  KeyD: ['leanRight', 1],
  KeyR: ['leanUp', 1],
  KeyF: ['leanUp', -1],
  KeyQ: ['roll', 1],
  KeyE: ['roll', -1],
}

/** Wheel travel that is one step: browsers differ in size, not in sign. */
const WHEEL_STEP = 100

/** Listens to a canvas, the keyboard and the first gamepad. */
export class Devices {
  private readonly canvas: HTMLElement
  private readonly keys = new Set<string>()
  private pointer: { x: number; y: number } | null = null
  private pressed = new Set<number>()
  private using = false
  private wheel = 0
  private dragX = 0
  private dragY = 0
  private orbitX = 0
  private orbitY = 0
  private zoom = 0
  private readonly stop = new AbortController()
  /** The kind of device that last steered. */
  lastUsed: 'mouse' | 'gamepad' = 'mouse'

  constructor(canvas: HTMLElement) {
    this.canvas = canvas
    const { signal } = this.stop
    const on = <K extends keyof HTMLElementEventMap>(type: K, take: (event: HTMLElementEventMap[K]) => void) =>
      canvas.addEventListener(type, take, { signal, passive: false })
    on('pointermove', (event) => this.move(event))
    on('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId)
      canvas.focus({ preventScroll: true })
      this.pressed.add(event.button)
      if (event.button === 0 && !event.ctrlKey && !event.altKey) this.using = true
      this.move(event)
    })
    on('pointerup', (event) => {
      this.pressed.delete(event.button)
      if (event.button === 0) this.using = false
    })
    on('pointercancel', () => this.release())
    on('contextmenu', (event) => event.preventDefault())
    on('wheel', (event) => {
      event.preventDefault()
      const step = Math.max(-3, Math.min(3, event.deltaY / WHEEL_STEP))
      if (event.ctrlKey) this.zoom += step
      else this.wheel += step
    })
    window.addEventListener('keydown', (event) => this.key(event, 'down'), { signal })
    window.addEventListener('keyup', (event) => this.key(event, 'up'), { signal })
    window.addEventListener('blur', () => this.release(), { signal })
  }

  /** Everything asked for since the last reading. */
  read(): DeviceReading {
    const pad = this.pad()
    const held = (code: string) => this.keys.has(code)
    const reading: DeviceReading = {
      pointer: this.pointer,
      dragX: this.dragX,
      dragY: this.dragY,
      wheel: this.wheel,
      orbitX: this.orbitX,
      orbitY: this.orbitY,
      zoom: this.zoom,
      turning: this.pressed.has(2) || held('AltLeft') || held('AltRight') ? 'lean' : 'no',
      right: pad?.moveRight ?? 0,
      up: pad?.moveUp ?? 0,
      leanRight: pad?.leanRight ?? 0,
      leanUp: pad?.leanUp ?? 0,
      depth: pad?.depth ?? 0,
      roll: pad?.roll ?? 0,
      use: Math.max(this.using || held('Space') ? 1 : 0, pad?.use ?? 0),
      aspirate: held('KeyX') || pad?.aspirate === 'held' ? 'held' : 'free',
      brace: held('KeyB') || pad?.brace === 'held' ? 'held' : 'free',
      pace: held('ShiftLeft') || held('ShiftRight') || pad?.fine === 'held' ? 'fine' : 'normal',
    }
    for (const code of this.keys) {
      const ask = HELD[code]
      if (ask) (reading[ask[0]] as number) += ask[1]
    }
    if (reading.right !== 0 || reading.up !== 0) this.pointer = null
    this.wheel = this.dragX = this.dragY = this.orbitX = this.orbitY = this.zoom = 0
    return reading
  }

  /** Gives the keys to the hands. */
  focus(): void {
    this.canvas.focus({ preventScroll: true })
  }

  dispose(): void {
    this.stop.abort()
  }

  private pad(): PadReading | null {
    const pads = navigator.getGamepads?.() ?? []
    for (const pad of pads) {
      if (!pad?.connected) continue
      const reading = readPad(pad)
      const idle = reading.moveRight === 0 && reading.moveUp === 0 && reading.use < 0.1 && reading.depth === 0
      if (!idle) this.lastUsed = 'gamepad'
      return reading
    }
    return null
  }

  private move(event: PointerEvent): void {
    const box = this.canvas.getBoundingClientRect()
    if (this.pressed.has(1) || (event.ctrlKey && this.pressed.size > 0)) {
      this.orbitX += event.movementX / box.height
      this.orbitY += event.movementY / box.height
      return
    }
    this.pointer = {
      x: ((event.clientX - box.left) / box.width) * 2 - 1,
      y: 1 - ((event.clientY - box.top) / box.height) * 2,
    }
    this.dragX += event.movementX / box.height
    this.dragY += event.movementY / box.height
    this.lastUsed = 'mouse'
  }

  private key(event: KeyboardEvent, way: 'down' | 'up'): void {
    if (way === 'up') {
      this.keys.delete(event.code)
      return
    }
    if (event.ctrlKey || event.metaKey || isTyping(event.target)) return
    const steers = event.code in HELD || ['Space', 'KeyX', 'KeyB', 'AltLeft', 'AltRight'].includes(event.code)
    if (!steers && !event.code.startsWith('Shift')) return
    // Space and arrows would scroll or press the button that has the focus.
    if (steers && !isControl(event.target)) event.preventDefault()
    if (isControl(event.target) && (event.code === 'Space' || event.code.startsWith('Arrow'))) return
    this.keys.add(event.code)
  }

  private release(): void {
    this.keys.clear()
    this.pressed.clear()
    this.using = false
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="tab"], [role="radio"], input') !== null
}
