import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../core/contract/index.ts'
import { tellError } from '../../app/notify.ts'
import { host } from '../../host/index.ts'

export type InstructorStatus = RequestOutput<'instructor.status'>

/** Whether a passphrase has been set; null until the host has answered. */
export function useInstructorStatus(): InstructorStatus | null {
  const [status, setStatus] = useState<InstructorStatus | null>(null)
  useEffect(() => {
    let wanted = true
    host()
      .request('instructor.status', {})
      .then((reply) => wanted && setStatus(reply))
      .catch(tellError)
    return () => {
      wanted = false
    }
  }, [])
  return status
}

/** Bytes as base64, in pieces that a call can take. */
export function toBase64Text(bytes: Uint8Array): string {
  let text = ''
  const piece = 0x8000
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(text)
}
