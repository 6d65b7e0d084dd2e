/** Long work in steps, so that a tick may do one of them and the next tick the next. */

/** Work in progress: each `next` does a step. */
export type Steps<T = void> = Generator<void, T, void>

/** Elements that are worked on in a step: some milliseconds in an engine that runs the code for the first time. */
export const STRETCH = 2048

/** Does all that is left. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value as T
  }
}
