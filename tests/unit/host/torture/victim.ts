import { join } from 'node:path'
import { openHost, startServer } from '../../../../electron/host/index.ts'
import { quickWorkshop } from '../quickworkshop.ts'

// A host of its own process, to be killed. Words: folder of app and data, token.
const [root, token] = process.argv.slice(2)
const at = (name: string) => join(root, name)
const host = openHost({
  paths: {
    root,
    page: at('page'),
    atlas: at('atlas'),
    scenarios: at('scenarios'),
    assets: at('assets'),
    profiles: at('profiles'),
    cache: at('cache'),
  },
  data: at('data'),
  shell: 'serve',
  version: '0.1.0',
  workshop: () => quickWorkshop(),
})
const { handle, connections, bus, folders, report } = host
const server = await startServer({ handle, connections, bus, folders, report, port: 0, token })
process.stdout.write(`${server.port}\n`)
