/** What the kernel offers: see `../kernel.ts`. */
export { digest } from '../digest.ts'
export { solveEdges } from '../edges.ts'
export { finish, predict } from '../particles.ts'
export { solveTetrahedra } from '../tetrahedra.ts'
export { solveTray } from '../tray.ts'
export { solveVolumes } from '../volumes.ts'
