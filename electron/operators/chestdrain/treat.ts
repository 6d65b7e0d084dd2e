import type { Duty } from '../run.ts'
import type { Work } from '../surgeon.ts'
import { anaesthetise, decompressWith } from './needle.ts'
import { dissect, incise, markSite } from './opening.ts'
import { findSite, middleOf, type Site } from './site.ts'
import { answer, type Beliefs, declare, examine, film, position, raiseAlarm, tick, writeNote } from './talk.ts'
import { connectSeal, insertTube, secure, sweepWithFinger, type Tract } from './tube.ts'

const TIME_OUT = ['identity', 'site-marked', 'consent', 'allergy', 'bleeding-risk', 'image-shown', 'equipment']
const SHORT_TIME_OUT = ['team-told', 'side-agreed', 'kit-ready']
const STERILE = ['gloves-gown', 'skin-prepared', 'draped']
const SEAL_LOOK = ['water-swings', 'water-bubbles', 'tube-fogs']

/** How an operator works: what it aims for and what it leaves out. */
export type Style = {
  /** Where between mid-axillary line (0) and the front fold (1). */
  readonly share: number
  readonly cutMm: number
  readonly pushN: number
  readonly sweepDegrees: number
  readonly tubeMm: number
  readonly localMl: number
  readonly beliefs: Beliefs
  /** Items of checklists that are forgotten. */
  readonly forgets: readonly string[]
  /** When under tension the first film is asked for. */
  readonly film: 'after-relief' | 'before-relief'
  /** Goes in through the opened space; answers where the tract lies. */
  readonly enter: (duty: Duty, site: Site, style: Style) => Work<Tract>
}

/** The whole case: chart, relief, preparation, drain, aftercare, note. */
export function* treat(duty: Duty, style: Style): Work {
  const site = duty.start === 'tension' ? yield* relieve(duty, style) : yield* assess(duty, style)
  yield* prepare(duty, style, site)
  const tract = yield* style.enter(duty, site, style)
  yield* sweepWithFinger(duty.surgeon, tract, style.sweepDegrees)
  const tubeMm = yield* insertTube(duty.surgeon, tract, style.tubeMm)
  yield* connectSeal(duty.surgeon)
  yield* duty.surgeon.wait(2)
  yield* tick(duty, SEAL_LOOK.filter(kept(style)))
  yield* secure(duty.surgeon, tract)
  yield* film(duty, 'check-film')
  yield* answer(duty, style.beliefs)
  const swept = style.sweepDegrees >= 330 ? 'full' : 'none'
  yield* writeNote(duty, { space: site.space, swept, tubeMm }, style.beliefs)
  yield* duty.surgeon.act('finish', 'case')
}

/** Under tension: oxygen, help, the diagnosis, and air out before anything else. */
function* relieve(duty: Duty, style: Style): Work<Site> {
  const { surgeon: s } = duty
  yield* raiseAlarm(duty)
  yield* examine(duty)
  yield* declare(duty)
  if (style.film === 'before-relief') yield* film(duty, 'chest-film')
  yield* position(duty)
  const site = yield* findSite(s, style.share)
  yield* decompressWith(s, site, 'cannula-long', 80)
  yield* s.until(() => s.eyes.see('vitals.systolicMmHg') >= 95 && s.eyes.see('vitals.spo2') >= 91, 40)
  yield* answer(duty, style.beliefs)
  return site
}

/** A stable patient: examine, look at the film, say what it is, agree, check. */
function* assess(duty: Duty, style: Style): Work<Site> {
  const { surgeon: s } = duty
  yield* examine(duty)
  yield* film(duty, 'chest-film')
  yield* declare(duty)
  yield* answer(duty, style.beliefs)
  yield* s.act('order', 'oxygen')
  yield* position(duty)
  return yield* findSite(s, style.share)
}

function* prepare(duty: Duty, style: Style, site: Site): Work {
  const { surgeon: s } = duty
  yield* markSite(s, site)
  yield* tick(duty, (duty.start === 'tension' ? SHORT_TIME_OUT : TIME_OUT).filter(kept(style)))
  yield* tick(duty, STERILE.filter(kept(style)))
  yield* anaesthetise(s, site, style.localMl)
}

/** Cut, blunt dissection into the middle of the space, braced. */
export function* enterMiddle({ surgeon: s }: Duty, site: Site, style: Style): Work<Tract> {
  const v = middleOf(site)
  yield* incise(s, { u: site.u, v, slope: site.slope, lengthMm: style.cutMm })
  const pleuraMm = yield* dissect(s, { ...site, v, pushN: style.pushN, brace: 'braced' })
  return { u: site.u, v, pleuraMm }
}

function kept(style: Style): (item: string) => boolean {
  return (item) => !style.forgets.includes(item)
}
