/**
 * The kernel: hot loops over memory of its own. `wasmKernel` runs them four lanes at a time; `twinKernel` runs the same
 * sources one lane at a time in TypeScript, with the same bits.
 */
import * as digests from './digest.ts'
import * as dropcapsules from './dropcapsules.ts'
import * as dropcontact from './dropcontact.ts'
import * as dropfaces from './dropfaces.ts'
import * as dropfilms from './dropfilms.ts'
import * as droplists from './droplists.ts'
import * as dropmix from './dropmix.ts'
import * as dropmotion from './dropmotion.ts'
import * as dropsort from './dropsort.ts'
import * as dropstate from './dropstate.ts'
import * as dropsurface from './dropsurface.ts'
import * as dropwake from './dropwake.ts'
import * as edges from './edges.ts'
import * as faceboxes from './faceboxes.ts'
import * as faceplanes from './faceplanes.ts'
import { bind } from './lanes.ts'
import * as particles from './particles.ts'
import * as pressure from './pressure.ts'
import * as rodmotion from './rodmotion.ts'
import * as rodsurfaces from './rodsurfaces.ts'
import { bindScalars } from './scalars.ts'
import * as strays from './strays.ts'
import * as surfacepairs from './surfacepairs.ts'
import * as surfacesolve from './surfacesolve.ts'
import * as tetrahedra from './tetrahedra.ts'
import * as tetscan from './tetscan.ts'
import * as threadedges from './threadedges.ts'
import * as threadedgesolve from './threadedgesolve.ts'
import * as toolpairs from './toolpairs.ts'
import * as tray from './tray.ts'
import * as vertices from './vertices.ts'
import * as volumes from './volumes.ts'

/** Pointers are byte offsets into `memory`. */
export type Kernel = {
  readonly memory: ArrayBuffer
  readonly digest: typeof digests.digest
  readonly predict: typeof particles.predict
  readonly finish: typeof particles.finish
  readonly solveEdges: typeof edges.solveEdges
  readonly solveTetrahedra: typeof tetrahedra.solveTetrahedra
  readonly listStretched: typeof tetscan.listStretched
  readonly listTurned: typeof tetscan.listTurned
  readonly solveVolumes: typeof volumes.solveVolumes
  readonly solveTray: typeof tray.solveTray
  readonly findStray: typeof strays.findStray
  readonly listCells: typeof droplists.listCells
  readonly listDrops: typeof droplists.listDrops
  readonly sortDrops: typeof dropsort.sortDrops
  readonly nameDrops: typeof dropstate.nameDrops
  readonly takeDrops: typeof dropstate.takeDrops
  readonly giveDrops: typeof dropstate.giveDrops
  readonly bindFaces: typeof dropsurface.bindFaces
  readonly measureVertices: typeof dropsurface.measureVertices
  readonly measureMoved: typeof dropsurface.measureMoved
  readonly wakeNear: typeof dropwake.wakeNear
  readonly listMoved: typeof dropwake.listMoved
  readonly listChanged: typeof dropwake.listChanged
  readonly wakeAround: typeof dropwake.wakeAround
  readonly solveCapsules: typeof dropcapsules.solveCapsules
  readonly takeFaces: typeof dropfaces.takeFaces
  readonly solveContacts: typeof dropcontact.solveContacts
  readonly mixDrops: typeof dropmix.mixDrops
  readonly nameFilms: typeof dropfilms.nameFilms
  readonly touchFilms: typeof dropfilms.touchFilms
  readonly creepFilms: typeof dropfilms.creepFilms
  readonly boxFaces: typeof faceboxes.boxFaces
  readonly boxBlocks: typeof faceboxes.boxBlocks
  readonly planeFaces: typeof faceplanes.planeFaces
  readonly listFaces: typeof faceboxes.listFaces
  readonly advanceVertices: typeof vertices.advanceVertices
  readonly farthestWay: typeof vertices.farthestWay
  readonly predictDrops: typeof dropmotion.predictDrops
  readonly settleDrops: typeof dropmotion.settleDrops
  readonly shareVelocity: typeof dropmotion.shareVelocity
  readonly sumDensity: typeof pressure.sumDensity
  readonly spreadDensity: typeof pressure.spreadDensity
  readonly shiftDrops: typeof pressure.shiftDrops
  readonly findSurfacePairs: typeof surfacepairs.findSurfacePairs
  readonly solveSurfacePairs: typeof surfacesolve.solveSurfacePairs
  readonly findThreadEdges: typeof threadedges.findThreadEdges
  readonly solveThreadEdges: typeof threadedgesolve.solveThreadEdges
  readonly findToolPairs: typeof toolpairs.findToolPairs
  readonly weighRods: typeof rodsurfaces.weighRods
  readonly feelSurfaces: typeof rodsurfaces.feelSurfaces
  readonly solveRods: typeof rodmotion.solveRods
  readonly openTouches: typeof toolpairs.openTouches
  readonly nextTouch: typeof toolpairs.nextTouch
}

/** Gives a kernel with that many bytes of memory. */
export type KernelFor = (bytes: number) => Kernel

const PAGE = 65536

/** The kernel in WebAssembly. @param module compiled from `assembly/index.ts` @param bytes of memory needed */
export function wasmKernel(module: WebAssembly.Module, bytes: number): Kernel {
  const pages = Math.ceil(bytes / PAGE)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => {} } })
  return { memory: memory.buffer, ...(exports as unknown as Omit<Kernel, 'memory'>) }
}

/** The kernel's twin. */
export function twinKernel(bytes: number): Kernel {
  const memory = new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE)
  const bound =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      bind(memory)
      bindScalars(memory)
      return work(...args)
    }
  return {
    memory,
    digest: bound(digests.digest),
    predict: bound(particles.predict),
    finish: bound(particles.finish),
    solveEdges: bound(edges.solveEdges),
    solveTetrahedra: bound(tetrahedra.solveTetrahedra),
    listStretched: bound(tetscan.listStretched),
    listTurned: bound(tetscan.listTurned),
    solveVolumes: bound(volumes.solveVolumes),
    solveTray: bound(tray.solveTray),
    findStray: bound(strays.findStray),
    listCells: bound(droplists.listCells),
    listDrops: bound(droplists.listDrops),
    sortDrops: bound(dropsort.sortDrops),
    nameDrops: bound(dropstate.nameDrops),
    takeDrops: bound(dropstate.takeDrops),
    giveDrops: bound(dropstate.giveDrops),
    bindFaces: bound(dropsurface.bindFaces),
    measureVertices: bound(dropsurface.measureVertices),
    measureMoved: bound(dropsurface.measureMoved),
    wakeNear: bound(dropwake.wakeNear),
    listMoved: bound(dropwake.listMoved),
    listChanged: bound(dropwake.listChanged),
    wakeAround: bound(dropwake.wakeAround),
    solveCapsules: bound(dropcapsules.solveCapsules),
    takeFaces: bound(dropfaces.takeFaces),
    solveContacts: bound(dropcontact.solveContacts),
    mixDrops: bound(dropmix.mixDrops),
    nameFilms: bound(dropfilms.nameFilms),
    touchFilms: bound(dropfilms.touchFilms),
    creepFilms: bound(dropfilms.creepFilms),
    boxFaces: bound(faceboxes.boxFaces),
    boxBlocks: bound(faceboxes.boxBlocks),
    planeFaces: bound(faceplanes.planeFaces),
    listFaces: bound(faceboxes.listFaces),
    advanceVertices: bound(vertices.advanceVertices),
    farthestWay: bound(vertices.farthestWay),
    predictDrops: bound(dropmotion.predictDrops),
    settleDrops: bound(dropmotion.settleDrops),
    shareVelocity: bound(dropmotion.shareVelocity),
    sumDensity: bound(pressure.sumDensity),
    spreadDensity: bound(pressure.spreadDensity),
    shiftDrops: bound(pressure.shiftDrops),
    findSurfacePairs: bound(surfacepairs.findSurfacePairs),
    solveSurfacePairs: bound(surfacesolve.solveSurfacePairs),
    findThreadEdges: bound(threadedges.findThreadEdges),
    solveThreadEdges: bound(threadedgesolve.solveThreadEdges),
    findToolPairs: bound(toolpairs.findToolPairs),
    weighRods: bound(rodsurfaces.weighRods),
    feelSurfaces: bound(rodsurfaces.feelSurfaces),
    solveRods: bound(rodmotion.solveRods),
    openTouches: bound(toolpairs.openTouches),
    nextTouch: bound(toolpairs.nextTouch),
  }
}
