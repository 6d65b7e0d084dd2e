/** An emulated headset (IWER) under the real page: a person who looks, moves hands and presses. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright/test'

type Point = readonly [x: number, y: number, z: number]
type Side = 'left' | 'right'

/** What the page shows to tests while a headset is on (world coordinates, metres). */
export type HeadsetHooks = {
  headset(): {
    tab: string
    hovered: string | null
    hands: { handedness: Side; kind: string; trigger: number; tip: number[]; origin: number[] }[]
    tools: { kind: string; at: number[] }[]
    target(id: string): number[] | null
  }
}

/** Puts an emulated Quest 3 into the page before any of its scripts run. Call before `page.goto`. */
export async function installHeadset(page: Page): Promise<void> {
  const require = createRequire(import.meta.url)
  const source = readFileSync(require.resolve('iwer/build/iwer.min.js'), 'utf8')
  // Chromium has a navigator.xr of its own: without force the emulation gives way to it.
  await page.addInitScript({
    content: `${source};{const device=new IWER.XRDevice(IWER.metaQuest3);device.installRuntime({forceInstall:true});device.position.set(0,1.6,0);window.__headset=device}`,
  })
}

/**
 * Presses "Enter VR" and waits until the session draws and both controllers are there. The emulated headset shows one
 * eye in the page's own canvas, so the size of the `window` decides how long software GL takes for a frame.
 */
export async function enterVr(page: Page, window = { width: 560, height: 320 }): Promise<void> {
  await page.setViewportSize(window)
  await page.waitForFunction(
    (width) => [...document.querySelectorAll('canvas')].some((canvas) => canvas.clientWidth === width),
    window.width,
  )
  await page.locator('[data-enter-vr]').press('Enter')
  await page.waitForFunction(
    () => {
      const hooks = (globalThis as unknown as { __sina?: Partial<HeadsetHooks> }).__sina
      return (hooks?.headset?.().hands.length ?? 0) > 0
    },
    undefined,
    { timeout: 90_000 },
  )
}

/** Bows the head by so many degrees. */
export async function lookDown(page: Page, degrees: number): Promise<void> {
  await page.evaluate(
    (half) => {
      const { quaternion } = (
        globalThis as unknown as {
          __headset: { quaternion: { set(x: number, y: number, z: number, w: number): void } }
        }
      ).__headset
      quaternion.set(-Math.sin(half), 0, 0, Math.cos(half))
    },
    (degrees * Math.PI) / 360,
  )
  await frames(page, 3)
}

/** Takes the headset off and goes back to a window of usual size. */
export async function leaveVr(page: Page): Promise<void> {
  await page.evaluate(() =>
    (
      globalThis as unknown as { __headset: { activeSession?: { end(): Promise<void> } } }
    ).__headset.activeSession?.end(),
  )
  await page.setViewportSize({ width: 1024, height: 700 })
}

/**
 * Brings the tip of a controller to a point of the room. The emulated device lives in the session's own space; what it
 * must be told follows from where the hand was seen last, so the helper needs to know nothing of the room.
 */
export async function moveTip(page: Page, side: Side, to: Point): Promise<void> {
  await page.evaluate(
    ({ hand, target }) => {
      const world = globalThis as unknown as {
        __headset: { controllers: Record<string, { position: { x: number; y: number; z: number } }> }
        __sina: HeadsetHooks
      }
      const seen = world.__sina.headset().hands.find(({ handedness }) => handedness === hand)
      if (!seen) throw new Error(`no ${hand} hand`)
      const { position } = world.__headset.controllers[hand]
      const turn = (world as unknown as { __yaw?: number }).__yaw ?? 0
      const dx = target[0] - seen.tip[0]
      const dz = target[2] - seen.tip[2]
      position.x += dx * Math.cos(turn) - dz * Math.sin(turn)
      position.y += target[1] - seen.tip[1]
      position.z += dx * Math.sin(turn) + dz * Math.cos(turn)
    },
    { hand: side, target: to },
  )
  await frames(page, 3)
}

/** Holds a button of a controller at a value, 0–1. `trigger`, `squeeze`, `a-button`, `x-button`. */
export async function hold(page: Page, side: Side, button: string, value: number): Promise<void> {
  await page.evaluate(
    ({ hand, id, amount }) => {
      const world = globalThis as unknown as {
        __headset: { controllers: Record<string, { updateButtonValue(id: string, value: number): void }> }
      }
      world.__headset.controllers[hand].updateButtonValue(id, amount)
    },
    { hand: side, id: button, amount: value },
  )
  await frames(page, 3)
}

/** Presses and lets go. */
export async function press(page: Page, side: Side, button: string): Promise<void> {
  await hold(page, side, button, 1)
  await hold(page, side, button, 0)
}

/** Turns a controller so that it points at a point of the room. */
export async function pointAt(page: Page, side: Side, to: Point): Promise<void> {
  await page.evaluate(
    ({ hand, target }) => {
      const world = globalThis as unknown as {
        __headset: {
          controllers: Record<string, { quaternion: { set(x: number, y: number, z: number, w: number): void } }>
        }
        __sina: HeadsetHooks
        __yaw?: number
      }
      const seen = world.__sina.headset().hands.find(({ handedness }) => handedness === hand)
      if (!seen) throw new Error(`no ${hand} hand`)
      const yaw = world.__yaw ?? 0
      const { origin } = seen
      const d = [target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]]
      // World → the session's own space.
      const x = d[0] * Math.cos(yaw) - d[2] * Math.sin(yaw)
      const z = d[0] * Math.sin(yaw) + d[2] * Math.cos(yaw)
      const turn = Math.atan2(-x, -z)
      const lift = Math.atan2(d[1], Math.hypot(x, z))
      const [cy, sy, cp, sp] = [Math.cos(turn / 2), Math.sin(turn / 2), Math.cos(lift / 2), Math.sin(lift / 2)]
      world.__headset.controllers[hand].quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp)
    },
    { hand: side, target: to },
  )
  await frames(page, 3)
}

/** How far a hand is moved to learn how the room lies, m. */
const NUDGE_M = 0.1

/** Learns how the room is turned against the session's own space, by moving a hand a little. Call once after entering. */
export async function calibrate(page: Page, side: Side): Promise<void> {
  const tip = () =>
    page.evaluate(
      (hand) =>
        (globalThis as unknown as { __sina: HeadsetHooks }).__sina
          .headset()
          .hands.find(({ handedness }) => handedness === hand)?.tip ?? null,
      side,
    )
  const nudge = (dx: number) =>
    page.evaluate(
      ({ hand, by }) => {
        const world = globalThis as unknown as {
          __headset: { controllers: Record<string, { position: { x: number } }> }
        }
        world.__headset.controllers[hand].position.x += by
      },
      { hand: side, by: dx },
    )
  for (let attempt = 0; attempt < 6; attempt++) {
    const before = await tip()
    await nudge(NUDGE_M)
    await frames(page, 4)
    const after = await tip()
    await nudge(-NUDGE_M)
    await frames(page, 4)
    if (!before || !after) throw new Error(`the ${side} hand is not tracked`)
    const [dx, dz] = [after[0] - before[0], after[2] - before[2]]
    // A frame that came late, or a room that was still being placed, shows in the length.
    if (Math.abs(Math.hypot(dx, dz) - NUDGE_M) > 0.001) continue
    await page.evaluate(
      (value) => {
        ;(globalThis as unknown as { __yaw: number }).__yaw = value
      },
      Math.atan2(-dz, dx),
    )
    return
  }
  throw new Error(`the ${side} hand does not follow`)
}

/** Points at a button of the panel (`tab:checks`, `act:pick:scalpel`) and presses the trigger. */
export async function pressPanel(page: Page, side: Side, id: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const at = await page.evaluate(
      (target) => (globalThis as unknown as { __sina: HeadsetHooks }).__sina.headset().target(target),
      id,
    )
    if (!at) throw new Error(`nothing on the panel is called ${id}`)
    await pointAt(page, side, at as unknown as Point)
    const hovered = await page.evaluate(
      () => (globalThis as unknown as { __sina: HeadsetHooks }).__sina.headset().hovered,
    )
    if (hovered === id) {
      await press(page, side, 'trigger')
      return
    }
  }
  throw new Error(`could not point at ${id}`)
}

/** Lets the session draw some frames. */
export async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        let left = wanted
        const next = () => {
          left--
          if (left <= 0) resolve()
          else requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    count,
  )
}
