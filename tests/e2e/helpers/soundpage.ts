/** What a page under test gets of the app's sound and touch: bundled into one script by `sounds.ts`. */
export { SoundDesk } from '../../../renderer/sound/desk.ts'
export * as steady from '../../../renderer/sound/steady.ts'
export { shake } from '../../../renderer/xr/haptics.ts'
