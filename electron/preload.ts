import { contextBridge, ipcRenderer } from 'electron'
import type { HostBridge } from '../core/contract/hostapi.ts'

// Bundled to one file, because a sandboxed preload can load nothing but Electron. It only carries: every check is made
// in the main process.
const bridge = {
  request: (name, input) => ipcRenderer.invoke('sina:request', name, JSON.stringify(input)),
  on(listener) {
    const receive = (_event: unknown, message: unknown) => listener(message)
    ipcRenderer.on('sina:event', receive)
    return () => ipcRenderer.off('sina:event', receive)
  },
} satisfies HostBridge

contextBridge.exposeInMainWorld('sina', bridge)
