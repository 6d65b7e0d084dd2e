import { runCommand } from './commands/run.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  answer: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
})
