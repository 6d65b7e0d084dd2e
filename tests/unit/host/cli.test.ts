import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../electron/commands/run.ts'
import { commands } from '../../../electron/commands/table.ts'
import { sourceRoot } from '../../../electron/host/index.ts'
import { hosted, signedIn } from './hosted.ts'
import { miniZip } from './minipack.ts'
import { asJson, begin, recordOf, saveChunks } from './records/play.ts'
import { tempFolder } from './tempfolder.ts'

async function sina(...words: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runCommand(words, {
    answer: (text) => {
      stdout += text
    },
    say: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr, json: JSON.parse(stdout.startsWith('{') ? stdout : '{}') as Record<string, unknown> }
}

describe('words that are not understood', () => {
  for (const words of [
    ['nonsense'],
    ['atlas'],
    ['atlas', 'paint'],
    ['records', 'export'],
    ['verify'],
    ['verify', 'one', 'two'],
    ['pack', 'check', 'x', '--unknown'],
    ['serve', '--port', 'many'],
    ['serve', '--port', '70000'],
    ['simulate', 'chest-drain'],
    ['simulate', 'no-such-case', '--operator', 'expert'],
    ['simulate', 'chest-drain', '--operator', 'expert', '--start', 'nowhere'],
    ['bench', 'nothing'],
    ['atlas', 'export', 'x', '--format', 'dwg'],
  ]) {
    it(`${words.join(' ')}: usage and exit 2`, async () => {
      const { status, stderr, stdout } = await sina(...words)
      expect(status).toBe(2)
      expect(stderr).toContain('Usage')
      expect(stdout).toBe('')
    })
  }
})

describe('usage', () => {
  it('shows only what the words begin to name', async () => {
    const { stderr } = await sina('records', 'exprot')
    expect(stderr).toContain('sina records export')
    expect(stderr).not.toContain('sina atlas build')
    expect((await sina('help', 'pack')).stdout).toContain('sina pack check PATH')
    expect((await sina('help', 'pack')).stdout).not.toContain('sina bench')
  })

  it('answers a program in JSON', async () => {
    const { status, json } = await sina('nonsense', '--json')
    expect(status).toBe(2)
    expect(json.error).toEqual({ code: 'usage', reason: 'unknown command: nonsense' })
  })
})

describe('records of a folder that holds none', () => {
  it.each(['verify', 'backup', 'export'])('%s refuses, and makes nothing there', async (what) => {
    const folder = join(tempFolder(), 'mistyped')
    const words = ['records', what, ...(what === 'export' ? [join(tempFolder(), 'out')] : []), '--data', folder]
    const { status, json } = await sina(...words, '--json')
    expect(status).toBe(1)
    expect(json.error).toMatchObject({ code: 'host/not-found' })
    expect(existsSync(folder)).toBe(false)
  })
})

describe('help', () => {
  it('names every command', async () => {
    const { status, stdout } = await sina('help')
    expect(status).toBe(0)
    for (const { name } of commands) expect(stdout).toContain(`sina ${name}`)
    expect(((await sina('help', '--json')).json.commands as unknown[]).length).toBe(commands.length)
  })

  it('can load every command that it names', async () => {
    for (const command of commands) expect(await command.load()).toBeTypeOf('function')
  })
})

describe('pack check', () => {
  it('says what is wrong, where, and exits 1', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'good.sinapack'), miniZip())
    expect((await sina('pack', 'check', join(folder, 'good.sinapack'), '--json')).json).toMatchObject({
      ok: true,
      id: 'mini-pack',
    })
    const bad = miniZip({ files: { 'cases/mini.json': new TextEncoder().encode('{"a":') } })
    writeFileSync(join(folder, 'bad.sinapack'), bad)
    const checked = await sina('pack', 'check', join(folder, 'bad.sinapack'), '--json')
    expect(checked.status).toBe(1)
    expect(checked.json).toMatchObject({ ok: false, problems: [{ file: 'cases/mini.json' }] })
    expect((await sina('pack', 'check', join(folder, 'missing'))).status).toBe(1)
  })
})

describe('records', () => {
  it('are backed up, exported and restored', async () => {
    const { as, data, close } = hosted()
    const ask = as('page')
    const traineeId = await signedIn(ask)
    const begun = await begin(ask, traineeId)
    await saveChunks(ask, begun.sessionId, 1)
    await ask('sessions.end', { sessionId: begun.sessionId, record: asJson(recordOf(begun, 1)) })
    expect((await sina('records', 'backup', '--data', data)).status).toBe(1)
    await close()

    const backup = (await sina('records', 'backup', '--data', data, '--json')).json as { file: string }
    expect(existsSync(backup.file)).toBe(true)
    const out = join(tempFolder(), 'out')
    expect((await sina('records', 'export', out, '--data', data)).status).toBe(0)
    expect(readdirSync(out)).toEqual([expect.stringMatching(/^000000-mini-.*\.sinarecord$/)])

    writeFileSync(join(data, 'sina.sqlite'), 'destroyed')
    const restored = await sina('records', 'restore', backup.file, '--data', data, '--json')
    expect(restored.json).toMatchObject({ restored: backup.file })
    const again = hosted({ data })
    const connection = await again.host.connections.get('page')
    expect(connection.traineeId).toBe(traineeId)
    expect((await sina('records', 'restore', join(out, 'nothing.sqlite'), '--data', join(out, 'empty'))).status).toBe(1)
  })
})

describe('the starter', () => {
  it('hands words and exit code through', () => {
    const starter = join(sourceRoot, 'electron', 'start.mjs')
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [starter, ...words], {
        encoding: 'utf8',
        env: { ...process.env, SINA_INSTALL: 'no' },
      })
    expect(run('nonsense').status).toBe(2)
    expect(run('help').stdout).toContain('sina serve')
    expect(run().stdout).toContain('Usage')
  })
})
