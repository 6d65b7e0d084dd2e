import { MeshStandardMaterial, ShaderChunk } from 'three'
import { expect, test } from 'vitest'
import { softenShadows, softShadows } from '../../../../renderer/views/theatre/stage/softshadow.ts'

test('the shadow is read in a disk that stands still', () => {
  const shader = { fragmentShader: 'before\n#include <shadowmap_pars_fragment>\nafter' }
  softShadows(shader)
  expect(shader.fragmentShader).not.toContain('#include')
  expect(shader.fragmentShader).toContain('float phi = 0.7;')
  expect(shader.fragmentShader).toContain('#define SHADOW_TAPS 14')
  expect(shader.fragmentShader).toContain('vogelDiskSample( tap, SHADOW_TAPS, phi )')
  // Only the sampling is ours: all else is three's chunk.
  expect(shader.fragmentShader).toContain(ShaderChunk.shadowmap_pars_fragment.slice(0, 400))
})

test('where a processor draws, a shadow is read at fewer places, and materials keep what else they define', () => {
  const material = new MeshStandardMaterial()
  material.defines = { ...material.defines, FINE: '' }
  const { version } = material
  softenShadows(material, 'light')
  expect(material.defines).toEqual({ STANDARD: '', FINE: '', SHADOW_TAPS: 4 })
  expect(material.version).toBeGreaterThan(version)
  softenShadows(material, 'full')
  expect(material.defines.SHADOW_TAPS).toBe(14)
})
