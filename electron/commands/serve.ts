import { sourceRoot } from '../host/index.ts'
import { buildMissing } from '../shell/buildmissing.ts'
import type { CommandInput, CommandOutcome } from './command.ts'
import { openHosting, untilStopped } from './hosting.ts'

/** Runs until it is asked to stop. The address is the first line that it prints. */
export async function serve(input: CommandInput): Promise<CommandOutcome> {
  const { server, host, close } = await openHosting(input, 'serve')
  if (input.options['no-build'] !== true) await buildMissing(sourceRoot, (line) => process.stderr.write(`${line}\n`))
  const { url, token, port } = server
  process.stdout.write(input.options.json === true ? `${JSON.stringify({ url, token, port })}\n` : `${url}\n`)
  if (input.options['no-build'] !== true) void host.workshop.buildAtlas()
  await untilStopped()
  await close()
  return { exit: 0, text: '', json: { stopped: true } }
}
