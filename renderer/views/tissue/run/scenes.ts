import { z } from 'zod'
import { AppError } from '../../../../core/contract/index.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { hostUrl } from '../../../host/index.ts'

async function fetched(path: string): Promise<Response> {
  const answer = await fetch(hostUrl(path))
  if (!answer.ok) throw new AppError('host/not-found', { where: path })
  return answer
}

/** All scenes that the page was built with. */
export async function loadScenes(): Promise<Scene[]> {
  return z.array(sceneSchema).parse(await (await fetched('tissue/scenes.json')).json())
}
