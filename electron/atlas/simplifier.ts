import { MeshoptSimplifier } from 'meshoptimizer'
import type { Simplifier } from '../../core/modelling/simplify.ts'

/** meshoptimizer as the kernel's simplifier. */
export async function loadSimplifier(): Promise<Simplifier> {
  await MeshoptSimplifier.ready
  return (positionsMm, indices, targetCount, errorMm) =>
    MeshoptSimplifier.simplify(indices, positionsMm, 3, targetCount, errorMm, ['ErrorAbsolute'])[0]
}
