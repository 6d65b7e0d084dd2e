import type { HostApi, HostBridge } from '../../core/contract/index.ts'
import { checkedHost } from './checked.ts'
import { httpTransport } from './http.ts'
import { ipcTransport } from './ipc.ts'

declare global {
  interface Window {
    /** Put there by the preload script of the desktop window. */
    sina?: HostBridge
  }
}

let opened: HostApi | undefined

/** The host of this page: over IPC inside the desktop window, else over the address the page came from. */
export function host(): HostApi {
  opened ??= checkedHost(window.sina ? ipcTransport(window.sina) : httpTransport(window.location))
  return opened
}

/** Puts another host in place, for tests of views. */
export function useHostInstead(other: HostApi): void {
  opened = other
}

/** Address of a file that the host serves: `hostUrl('atlas/male/atlas.json')`. */
export function hostUrl(path: string): string {
  return new URL(path.replace(/^\//, ''), new URL('./', window.location.href)).href
}
