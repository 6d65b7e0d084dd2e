import { MeshoptSimplifier } from 'meshoptimizer'
import type { Simplifier } from '../../core/modelling/simplify.ts'

/** meshoptimizer as the kernel's simplifier. */
export async function loadSimplifier(): Promise<Simplifier> {
  await MeshoptSimplifier.ready
  const none = new Float32Array(0)
  return (positionsMm, indices, targetCount, errorMm, locked) =>
    MeshoptSimplifier.simplifyWithAttributes(indices, positionsMm, 3, none, 0, [], locked, targetCount, errorMm, [
      'ErrorAbsolute',
    ])[0]
}
