import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'postcss'
import { defineConfig } from 'vite'
import { tissueFiles } from './electron/shell/tissuefiles.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const ROOT_PX = 16

/** Style sheets name text sizes in px as the design does; in the page they follow the person's text size. */
const scalableText: Plugin = {
  postcssPlugin: 'scalable-text',
  Declaration(declaration) {
    if (declaration.prop !== 'font-size' && declaration.prop !== 'font') return
    declaration.value = declaration.value.replace(/(\d+(?:\.\d+)?)px/g, (_, px) => `${Number(px) / ROOT_PX}rem`)
  },
}

export default defineConfig({
  root: here('./renderer'),
  // Relative, so that the same files work under http://host/, app:// and a folder of a headset server.
  base: './',
  plugins: [react(), tissueFiles(here('.'))],
  resolve: {
    alias: {
      // The emulator inside @pmndrs/xr brings two megabytes and a second three; it is never used (`emulate: false`).
      '@iwer/devui': here('./renderer/app/stub.ts'),
      '@iwer/sem': here('./renderer/app/stub.ts'),
    },
    dedupe: ['three', 'react', 'react-dom'],
  },
  css: { postcss: { plugins: [scalableText] } },
  worker: { format: 'es' },
  build: {
    outDir: here('./build/page'),
    emptyOutDir: true,
    target: 'es2023',
    // Data URLs of fonts and scripts would need wider CSP rules.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
})
