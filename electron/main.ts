import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, protocol, session, shell } from 'electron'
import { appPaths, dataFolder, type Host, openHost, toAppError } from './host/index.ts'
import { findFile } from './host/server/files.ts'
import { routeFor } from './host/server/routes.ts'
import { createWorkshop } from './host/workshop/real.ts'
import { answerIpc, EVENT_CHANNEL, REQUEST_CHANNEL } from './shell/ipc.ts'
import {
  APP_ORIGIN,
  navigationAllowed,
  permissionGranted,
  protocolPath,
  startRoute,
  windowOpenDecision,
} from './shell/policy.ts'

// Wiring only: every decision is made by a function that is tested without Electron.

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
])

function openServices(): Host {
  const paths = appPaths(app.getAppPath())
  const { version } = JSON.parse(readFileSync(join(paths.root, 'package.json'), 'utf8')) as { version: string }
  const data = dataFolder(process.platform, process.env)
  // In a packaged app the archive cannot be written to: what is computed goes beside the data.
  const writable = app.isPackaged ? { ...paths, cache: join(data, 'cache') } : paths
  const host = openHost({
    paths: writable,
    data,
    shell: 'electron',
    version,
    workshop: (bus, report) => createWorkshop(writable, bus, report),
  })
  void host.workshop.buildAtlas()
  return host
}

/** Without its services the app is of no use: it says why and ends. */
function openOrExplain(): Host | undefined {
  try {
    return openServices()
  } catch (error) {
    const { code, remedy, params } = toAppError(error, 'start')
    dialog.showErrorBox(`Sina: ${code}`, [remedy ?? '', ...Object.values(params)].join('\n'))
    app.exit(1)
    return undefined
  }
}

function serveFiles(host: Host): void {
  protocol.handle('app', async (request) => {
    const path = protocolPath(request.url)
    const reply = path === undefined ? undefined : await findFile(routeFor(path), host.folders)
    if (!reply) return new Response('', { status: 404 })
    return new Response(new Uint8Array(await readFile(reply.file)), { headers: reply.headers })
  })
}

function answerRequests(host: Host): void {
  ipcMain.handle(REQUEST_CHANNEL, (event, ...message: unknown[]) =>
    answerIpc(host.handle, host.connections, { frame: event.senderFrame, windowId: event.sender.id }, message),
  )
  host.bus.subscribe(({ event, payload, to }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (to !== undefined && to !== `window:${window.webContents.id}`) continue
      window.webContents.send(EVENT_CHANNEL, { event, payload })
    }
  })
}

function denyByDefault(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(permissionGranted(permission, details.requestingUrl)),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    permissionGranted(permission, `${origin}/`),
  )
  session.defaultSession.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!navigationAllowed(event.url)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!navigationAllowed(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      const decision = windowOpenDecision(url)
      if ('openExternally' in decision) void shell.openExternal(decision.openExternally)
      return { action: decision.action }
    })
  })
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#0f1418',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  await window.loadURL(`${APP_ORIGIN}/${startRoute(process.env.SINA_ROUTE)}`)
}

async function main(): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  // Without a usable GPU the body is drawn in software; the window shows no page but ours.
  app.commandLine.appendSwitch('enable-unsafe-swiftshader')
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  await app.whenReady()
  const host = openOrExplain()
  if (!host) return
  denyByDefault()
  serveFiles(host)
  answerRequests(host)
  await openWindow()
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    event.preventDefault()
    void host.close().finally(() => app.exit(0))
  })
}

void main()
