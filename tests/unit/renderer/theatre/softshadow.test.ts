import { ShaderChunk } from 'three'
import { expect, test } from 'vitest'
import { softShadows } from '../../../../renderer/views/theatre/stage/softshadow.ts'

test('the shadow is read in a disk that stands still', () => {
  const shader = { fragmentShader: 'before\n#include <shadowmap_pars_fragment>\nafter' }
  softShadows(shader)
  expect(shader.fragmentShader).not.toContain('#include')
  expect(shader.fragmentShader).toContain('float phi = 0.7;')
  expect(shader.fragmentShader).toContain('vogelDiskSample( tap, 14, phi )')
  // Only the sampling is ours: all else is three's chunk.
  expect(shader.fragmentShader).toContain(ShaderChunk.shadowmap_pars_fragment.slice(0, 400))
})
