#!/usr/bin/env node
// The first thing that runs: plain JavaScript, no dependencies, any Node from 20 on. It installs what the lock file asks
// for, finds Node 24 and hands over to the command line, which is TypeScript that Node 24 runs as it is.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const NEEDED = 24

/** Installed when every package of the lock file lies there in its version; packages for other machines may be missing. */
function isInstalled() {
  const lock = join(root, 'package-lock.json')
  const mark = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(mark)) return false
  if (!existsSync(lock)) return true
  const there = JSON.parse(readFileSync(mark, 'utf8')).packages
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages).every(
    ([path, wanted]) => path === '' || there[path]?.version === wanted.version || (wanted.optional && !there[path]),
  )
}

function install() {
  process.stderr.write('installing packages …\n')
  const windows = process.platform === 'win32'
  const command = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install'
  // What npm prints goes to stderr: stdout belongs to the command.
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', [command, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  })
  if (result.status !== 0) {
    process.stderr.write('npm could not install the packages. Check the network, then try again.\n')
    process.exit(1)
  }
}

function majorOf(program) {
  const result = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)\./.exec(result.stdout ?? '')?.[1] ?? 0)
}

/** Node 24: the one running, or the one that the package `node` brings. Its binary comes by an install script. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath
  const folder = join(root, 'node_modules', 'node')
  const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(program) || majorOf(program) < NEEDED) {
    const script = join(folder, 'installArchSpecificPackage.js')
    if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: folder, stdio: ['ignore', 2, 2] })
  }
  if (existsSync(program) && majorOf(program) >= NEEDED) return program
  process.stderr.write(`Node ${NEEDED} is needed and could not be installed. Install it, then try again.\n`)
  process.exit(1)
}

if (
  existsSync(join(root, 'package.json')) &&
  existsSync(join(root, 'core')) &&
  process.env.SINA_INSTALL !== 'no' &&
  !isInstalled()
)
  install()
const node = findNode()
const words = process.argv.slice(2)
const separator = process.platform === 'win32' ? ';' : ':'
const child = spawn(node, [join(root, 'electron', 'cli.ts'), ...(words.length === 0 ? ['help'] : words)], {
  stdio: 'inherit',
  // Programs that tests and builds start find the same Node first.
  env: { ...process.env, PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(separator) },
})
// The command ends in its own way; its end is ours.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
child.on('error', () => process.exit(1))
