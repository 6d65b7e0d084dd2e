import {
  CanvasTexture,
  DoubleSide,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three'

/** What a panel shows. All words are already in the person's language. */
export type PanelContent = {
  title: string
  lines: readonly string[]
  vitals: readonly { label: string; value: string; colour: string; alarm: 'none' | 'low' | 'medium' | 'high' }[]
  tabs: readonly PanelButton[]
  items: readonly PanelButton[]
}
export type PanelButton = { id: string; label: string; state: 'ready' | 'on' | 'done' | 'waiting' }

/** A place on the panel that answers to a ray, in pixels from the top left. */
export type PanelTarget = { id: string; x: number; y: number; width: number; height: number }

export const PANEL = { width: 1024, height: 860, metres: 0.92 } as const
/** Smallest text in pixels: 24 px on this panel are 1.1° at one metre. */
const TEXT = 25
const MARGIN = 28
const COLUMNS = 2

/** Where tabs and items lie. Pure: the same for drawing, for rays and for tests. */
export function layoutPanel(content: Pick<PanelContent, 'tabs' | 'items'>): PanelTarget[] {
  const targets: PanelTarget[] = []
  const inner = PANEL.width - 2 * MARGIN
  const tabWidth = inner / Math.max(1, content.tabs.length)
  content.tabs.forEach(({ id }, i) => {
    targets.push({ id, x: MARGIN + i * tabWidth, y: 330, width: tabWidth - 6, height: 62 })
  })
  const rows = Math.max(1, Math.ceil(content.items.length / COLUMNS))
  const top = 408
  const height = Math.min(66, (PANEL.height - top - MARGIN) / rows)
  const width = inner / COLUMNS
  content.items.forEach(({ id }, i) => {
    const column = i % COLUMNS
    const row = Math.floor(i / COLUMNS)
    targets.push({ id, x: MARGIN + column * width, y: top + row * height, width: width - 8, height: height - 8 })
  })
  return targets
}

/** The target at a point of the panel, or null. */
export function targetAt(targets: readonly PanelTarget[], x: number, y: number): PanelTarget | null {
  return targets.find((one) => x >= one.x && y >= one.y && x <= one.x + one.width && y <= one.y + one.height) ?? null
}

const INK = '#12201f'
const fills: Record<PanelButton['state'], string> = {
  ready: '#ffffff',
  on: '#a9e2dd',
  done: '#cfe8d6',
  waiting: '#f2e2bd',
}

/** A panel of text in the headset: dark on light, drawn to a canvas so that every script of the page has its letters. */
export class Panel {
  readonly mesh: Mesh
  private readonly context: CanvasRenderingContext2D
  private readonly texture: CanvasTexture
  private targets: PanelTarget[] = []
  private drawn = ''

  constructor() {
    const canvas = document.createElement('canvas')
    canvas.width = PANEL.width
    canvas.height = PANEL.height
    const context = canvas.getContext('2d')
    if (!context) throw new Error('panel/no-canvas')
    this.context = context
    this.texture = new CanvasTexture(canvas)
    this.texture.colorSpace = SRGBColorSpace
    this.texture.minFilter = LinearFilter
    this.texture.generateMipmaps = false
    this.mesh = new Mesh(
      new PlaneGeometry(PANEL.metres, (PANEL.metres * PANEL.height) / PANEL.width),
      new MeshBasicMaterial({ map: this.texture, side: DoubleSide, toneMapped: false, transparent: true }),
    )
    this.mesh.name = 'headset-panel'
  }

  /** Draws what changed. `hovered`: id under a ray. */
  show(content: PanelContent, hovered: string | null): void {
    const key = JSON.stringify([content, hovered])
    if (key === this.drawn) return
    this.drawn = key
    this.targets = layoutPanel(content)
    this.draw(content, hovered)
    this.texture.needsUpdate = true
  }

  /** What a ray in world space meets on the panel. */
  hit(origin: Vector3, direction: Vector3): { target: PanelTarget | null; distance: number } | null {
    this.mesh.worldToLocal(local.copy(origin))
    this.mesh.worldToLocal(ahead.copy(origin).add(direction)).sub(local)
    if (Math.abs(ahead.z) < 1e-6) return null
    const along = -local.z / ahead.z
    if (along < 0) return null
    const x = (local.x + ahead.x * along) / PANEL.metres + 0.5
    const y = 0.5 - ((local.y + ahead.y * along) * PANEL.width) / (PANEL.metres * PANEL.height)
    if (x < 0 || x > 1 || y < 0 || y > 1) return null
    return { target: targetAt(this.targets, x * PANEL.width, y * PANEL.height), distance: along }
  }

  /** Middle of a target in world space, for tests and for a hand that pokes. */
  pointOf(id: string, out: Vector3): Vector3 | null {
    const target = this.targets.find((one) => one.id === id)
    if (!target) return null
    const x = (target.x + target.width / 2) / PANEL.width - 0.5
    const y = 0.5 - (target.y + target.height / 2) / PANEL.height
    out.set(x * PANEL.metres, (y * PANEL.metres * PANEL.height) / PANEL.width, 0)
    return this.mesh.localToWorld(out)
  }

  dispose(): void {
    this.texture.dispose()
    this.mesh.geometry.dispose()
  }

  private draw(content: PanelContent, hovered: string | null): void {
    const { context: c } = this
    c.clearRect(0, 0, PANEL.width, PANEL.height)
    this.box(0, 0, PANEL.width, PANEL.height, 36, '#f4f1ea')
    c.fillStyle = '#0c736f'
    this.text(content.title, MARGIN, 62, PANEL.width - 2 * MARGIN, 40, 650)
    c.fillStyle = INK
    let y = 106
    for (const line of content.lines.slice(0, 3)) y = this.wrapped(line, MARGIN, y, PANEL.width - 2 * MARGIN, 2)
    this.vitals(content)
    const buttons = [...content.tabs, ...content.items]
    for (const target of this.targets) {
      const button = buttons.find(({ id }) => id === target.id)
      if (!button) continue
      this.box(target.x, target.y, target.width, target.height, 14, fills[button.state])
      c.lineWidth = target.id === hovered ? 5 : 1.5
      c.strokeStyle = target.id === hovered ? '#1fa6a0' : 'rgb(18 32 31 / 30%)'
      c.stroke()
      c.fillStyle = INK
      this.fitted(mark(button.state) + button.label, target)
    }
  }

  private vitals({ vitals }: PanelContent): void {
    const { context: c } = this
    const width = (PANEL.width - 2 * MARGIN) / Math.max(1, vitals.length)
    this.box(MARGIN, 226, PANEL.width - 2 * MARGIN, 92, 16, '#0b1213')
    vitals.forEach(({ label, value, colour, alarm }, i) => {
      const x = MARGIN + i * width
      if (alarm === 'high' || alarm === 'medium')
        this.box(x + 4, 230, width - 8, 84, 12, alarm === 'high' ? '#7a1d13' : '#5e4a10')
      c.fillStyle = colour
      this.text(label, x + 14, 258, width - 20, TEXT, 400)
      this.text(value, x + 14, 302, width - 20, 40, 650)
    })
  }

  private box(x: number, y: number, width: number, height: number, radius: number, fill: string): void {
    const { context: c } = this
    c.beginPath()
    c.roundRect(x, y, width, height, radius)
    c.fillStyle = fill
    c.fill()
  }

  private text(text: string, x: number, y: number, width: number, size: number, weight: number): void {
    const { context: c } = this
    c.font = `${weight} ${size}px "Noto Sans Variable", "Noto Sans", sans-serif`
    c.fillText(text, x, y, width)
  }

  private fitted(label: string, target: PanelTarget): void {
    const { context: c } = this
    c.font = `500 ${TEXT}px "Noto Sans Variable", "Noto Sans", sans-serif`
    const lines = wrap(c, label, target.width - 24)
    const shown = lines.slice(0, target.height > 56 ? 2 : 1)
    const step = TEXT * 1.12
    const first = target.y + target.height / 2 - ((shown.length - 1) * step) / 2 + TEXT * 0.34
    shown.forEach((line, i) => {
      c.fillText(line, target.x + 12, first + i * step, target.width - 24)
    })
  }

  private wrapped(line: string, x: number, y: number, width: number, most: number): number {
    const { context: c } = this
    c.font = `400 ${TEXT + 3}px "Noto Sans Variable", "Noto Sans", sans-serif`
    let at = y
    for (const part of wrap(c, line, width).slice(0, most)) {
      c.fillText(part, x, at)
      at += 36
    }
    return at
  }
}

function mark(state: PanelButton['state']): string {
  return state === 'done' ? '✓ ' : state === 'waiting' ? '… ' : ''
}

function wrap(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (context.measureText(longer).width > width && line !== '') {
      lines.push(line)
      line = word
    } else line = longer
  }
  lines.push(line)
  return lines
}

const local = new Vector3()
const ahead = new Vector3()
