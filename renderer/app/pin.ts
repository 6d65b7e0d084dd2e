import { pinSchema } from '../../core/contract/trainees.ts'

/** Whether a text can be a PIN, as the host will judge it. */
export function isPin(text: string): boolean {
  return pinSchema.safeParse(text).success
}
