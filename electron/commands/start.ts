import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sourceRoot } from '../host/index.ts'
import { buildMissing } from '../shell/buildmissing.ts'
import { bundleShell } from '../shell/bundle.ts'
import { fetchElectron, installedElectron } from '../shell/electronbinary.ts'
import { hasDisplay, openBrowser } from '../shell/openbrowser.ts'
import { sceneNames } from '../shell/scenefiles.ts'
import { type CommandInput, type CommandOutcome, choiceOption } from './command.ts'
import { dataOption, openHosting, untilStopped } from './hosting.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)

/**
 * Opens the app: in Electron where its binary can be had, else in a window of an installed browser, else it prints the
 * address. The page opens at once; the bodies that are missing are built behind it.
 */
export async function start(input: CommandInput): Promise<CommandOutcome> {
  const scene = choiceOption(input, 'scene', existsSync(join(sourceRoot, 'tests')) ? sceneNames(sourceRoot) : [])
  const route = scene === undefined ? '' : `#/tissue/${scene}`
  await buildMissing(sourceRoot, say)
  const electron = await findElectron()
  if (electron !== undefined) return runElectron(electron, dataOption(input), route)
  return runBrowser(input, route)
}

async function findElectron(): Promise<string | undefined> {
  if (process.env.SINA_SHELL === 'browser' || !hasDisplay(process.platform, process.env)) return undefined
  const installed = installedElectron(sourceRoot)
  if (installed !== undefined) return installed
  say('fetching Electron …')
  const fetched = await fetchElectron(sourceRoot)
  if (fetched === undefined) say('Electron could not be fetched: the app opens in a browser window instead')
  return fetched
}

async function runElectron(program: string, data: string, route: string): Promise<CommandOutcome> {
  await bundleShell(sourceRoot)
  const child = spawn(program, [sourceRoot], {
    stdio: 'inherit',
    env: { ...process.env, SINA_DATA: data, SINA_NODE: process.execPath, SINA_ROUTE: route },
  })
  const code = await new Promise<number>((resolve) => {
    child.once('exit', (exit) => resolve(exit ?? 1))
    child.once('error', () => resolve(1))
  })
  return { exit: code === 0 ? 0 : 1, text: '', json: { shell: 'electron', code } }
}

async function runBrowser(input: CommandInput, route: string): Promise<CommandOutcome> {
  const { server, host, close } = await openHosting(input, 'browser')
  void host.workshop.buildAtlas()
  const url = `${server.url}${route}`
  const window = await openBrowser(url, join(dataOption(input), 'browser'))
  if (window === undefined) say('no window could be opened: open this address in a browser on this machine')
  process.stdout.write(input.options.json === true ? `${JSON.stringify({ url })}\n` : `${url}\n`)
  await Promise.race([untilStopped(), ...(window === undefined ? [] : [window.closed])])
  await close()
  return { exit: 0, text: '', json: { shell: window === undefined ? 'none' : 'browser' } }
}
