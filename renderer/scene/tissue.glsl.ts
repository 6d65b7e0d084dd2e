/**
 * Shader parts of living tissue. They read two small textures by structure index: the look (what a tissue is made of)
 * and the state (shown, faded, hovered, moved). All patterns are computed in body space from the position, so meshes
 * need no texture coordinates and neighbours never show a seam.
 */

/** Depth of a vertex as if it lay nearer to the eye; its place in the picture stays. */
export const nearerDepth = /* glsl */ `
float nearerDepth(vec4 clip, vec4 place, float pull) {
  vec4 pulled = projectionMatrix * (place + vec4(0.0, 0.0, pull, 0.0));
  return pulled.z / pulled.w * clip.w;
}
`

export const tissueVertexHead = /* glsl */ `
${nearerDepth}
attribute float structure;
attribute float openness;
attribute float tendon;
uniform highp sampler2D stateMap;
uniform highp sampler2D lookMap;
uniform int pass;
flat varying vec4 vLookColour;
flat varying vec4 vLookColour2;
flat varying vec4 vLookNoise;
flat varying vec4 vLookFibre;
flat varying vec4 vState;
flat varying vec3 vTint;
varying vec3 vBody;
varying vec3 vBodyNormal;
varying float vOpenness;
varying float vTendon;
varying vec3 vFromCamera;
uniform float sectionOn;
`

/** Throws vertices of structures that this pass does not draw out of the clip volume. */
export const tissueVertexPlace = /* glsl */ `
int row = int(structure + 0.5);
vState = texelFetch(stateMap, ivec2(0, row), 0);
vTint = texelFetch(stateMap, ivec2(1, row), 0).rgb;
vec4 moved = texelFetch(stateMap, ivec2(2, row), 0);
vLookColour = texelFetch(lookMap, ivec2(0, row), 0);
vLookColour2 = texelFetch(lookMap, ivec2(1, row), 0);
vLookNoise = texelFetch(lookMap, ivec2(2, row), 0);
vLookFibre = texelFetch(lookMap, ivec2(3, row), 0);
vBody = position;
vBodyNormal = normal;
vOpenness = openness;
vTendon = tendon;
vFromCamera = sectionOn > 0.5 ? position - (inverse(modelMatrix) * vec4(cameraPosition, 1.0)).xyz : vec3(0.0);
transformed += moved.rgb;
`

export const tissueVertexCull = /* glsl */ `
if (sectionOn < 0.5) gl_Position.z = nearerDepth(gl_Position, mvPosition, moved.a);
bool shownHere = pass == 0 ? vState.x >= 0.999 : pass == 1 ? (vState.x > 0.001 && vState.x < 0.999) : vState.x > 0.001;
if (!shownHere) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
`

export const tissueFragmentHead = /* glsl */ `
flat varying vec4 vLookColour;
flat varying vec4 vLookColour2;
flat varying vec4 vLookNoise;
flat varying vec4 vLookFibre;
flat varying vec4 vState;
flat varying vec3 vTint;
varying vec3 vBody;
varying vec3 vBodyNormal;
varying float vOpenness;
varying float vTendon;
uniform vec3 tendonColour;
uniform vec3 tendonColour2;
uniform vec4 sectionPlane;
uniform float sectionOn;
uniform mat3 normalMatrix;
varying vec3 vFromCamera;
uniform vec3 accent;
uniform float wetness;
uniform mat4 apertureMatrix;
uniform vec2 apertureHalf;
uniform float apertureOn;

float tissueThin;
float tissueOpen;

vec3 hash33(vec3 p) {
  p = fract(p * vec3(0.1031, 0.1030, 0.0973));
  p += dot(p, p.yxz + 33.33);
  return fract((p.xxy + p.yxx) * p.zyx);
}
float hash31(vec3 p) {
  p = fract(p * 0.1031);
  p += dot(p, p.zyx + 31.32);
  return fract((p.x + p.y) * p.z);
}

// Value noise in 0..1 with its gradient in yzw.
vec4 noised(vec3 x) {
  vec3 i = floor(x);
  vec3 w = fract(x);
  vec3 u = w * w * w * (w * (w * 6.0 - 15.0) + 10.0);
  vec3 du = 30.0 * w * w * (w * (w - 2.0) + 1.0);
  float a = hash31(i);
  float b = hash31(i + vec3(1, 0, 0));
  float c = hash31(i + vec3(0, 1, 0));
  float d = hash31(i + vec3(1, 1, 0));
  float e = hash31(i + vec3(0, 0, 1));
  float f = hash31(i + vec3(1, 0, 1));
  float g = hash31(i + vec3(0, 1, 1));
  float h = hash31(i + vec3(1, 1, 1));
  float k1 = b - a, k2 = c - a, k3 = e - a;
  float k4 = a - b - c + d, k5 = a - c - e + g, k6 = a - b - e + f;
  float k7 = -a + b + c - d + e - f - g + h;
  return vec4(
    a + k1 * u.x + k2 * u.y + k3 * u.z + k4 * u.x * u.y + k5 * u.y * u.z + k6 * u.z * u.x + k7 * u.x * u.y * u.z,
    du * vec3(k1 + k4 * u.y + k6 * u.z + k7 * u.y * u.z, k2 + k5 * u.z + k4 * u.x + k7 * u.z * u.x,
              k3 + k6 * u.x + k5 * u.y + k7 * u.x * u.y));
}

// Distance to the nearest and second nearest of scattered points, and a value of the nearest cell.
vec3 cells(vec3 x) {
  vec3 i = floor(x);
  vec3 f = fract(x);
  float d1 = 9.0, d2 = 9.0, id = 0.0;
  for (int z = -1; z <= 1; z++) for (int y = -1; y <= 1; y++) for (int k = -1; k <= 1; k++) {
    vec3 o = vec3(float(k), float(y), float(z));
    vec3 h = hash33(i + o);
    vec3 r = o + 0.15 + 0.7 * h - f;
    float d = dot(r, r);
    if (d < d1) { d2 = d1; d1 = d; id = h.x; } else if (d < d2) d2 = d;
  }
  return vec3(sqrt(d1), sqrt(d2), id);
}

// How much of a pattern survives at this pixel size: fine detail fades out instead of flickering.
float survives(vec3 p, float frequency) {
  vec3 w = fwidth(p);
  return 1.0 - smoothstep(0.22, 0.75, max(w.x, max(w.y, w.z)) * frequency);
}

// Position in which fibres run along one axis: stretched so that noise draws strands.
vec3 fibreSpace(vec3 p, vec4 fibre) {
  if (fibre.w > 2.5) {
    float angle = atan(p.x, p.z + 0.015);
    float around = abs(angle) * 0.13;
    float forward = -around;
    float across = forward * sin(fibre.x) - p.y * cos(fibre.x);
    float along = forward * cos(fibre.x) + p.y * sin(fibre.x);
    return vec3(across, along * 0.07, length(p.xz) * 0.4);
  }
  if (fibre.w > 1.5) {
    vec3 away = p - fibre.xyz;
    float d = length(away);
    return away / max(d, 0.001) * 0.11 + vec3(d * 0.06);
  }
  vec3 f = fibre.w > 0.5 ? normalize(fibre.xyz) : vec3(0.0, 1.0, 0.0);
  return p - f * dot(p, f) * 0.94;
}

struct Tissue { vec3 colour; float roughness; float clearcoat; vec3 slope; };

// Colour, roughness and slope (body space) of a point. slope is what tilts the normal.
Tissue tissueAt(vec3 p) {
  float kind = vLookNoise.x;
  float frequency = vLookNoise.y;
  float amount = vLookNoise.z;
  // Turned out of the axes, or the lattice of the noise would show as squares on broad surfaces.
  vec3 turned = mat3(0.36, 0.48, -0.8, -0.8, 0.6, 0.0, 0.48, 0.64, 0.6) * p;
  float broad = 0.6 * noised(turned * 31.0).x + 0.4 * noised(turned.zxy * 73.0 + 5.3).x;
  float m = 0.0;
  float pits = 0.0;
  vec3 slope = vec3(0.0);
  if (kind > 0.5 && kind < 1.5) {
    vec4 a = noised(p * frequency * 450.0 / 1000.0);
    float s = survives(p, frequency);
    vec4 b = noised(p * frequency);
    m = 0.55 * a.x * a.x + 0.45 * s * b.x * b.x;
    pits = s * smoothstep(0.62, 0.86, b.x);
    slope = (a.yzw * 0.16 + s * b.yzw * 0.2);
  } else if (kind > 1.5 && kind < 2.5) {
    vec3 q = fibreSpace(p, vLookFibre);
    vec4 coarse = noised(q * frequency * 0.3);
    float s = survives(q, frequency);
    vec4 fine = noised(q * frequency);
    m = 0.55 * smoothstep(0.25, 0.8, coarse.x) + 0.45 * mix(0.5, fine.x, s);
    pits = s * smoothstep(0.7, 0.95, fine.x) * 0.4;
    slope = coarse.yzw * 0.34 + s * fine.yzw * 0.26;
  } else if (kind > 2.5 && kind < 3.5) {
    vec3 c = cells(p * frequency);
    float edge = 1.0 - smoothstep(0.02, 0.14, c.y - c.x);
    m = 0.45 * c.z + edge * 0.55;
    pits = edge * 0.5;
    vec4 fine = noised(p * frequency * 6.0);
    float s = survives(p, frequency * 6.0);
    m += (fine.x - 0.5) * 0.3 * s;
    slope = fine.yzw * 0.1 * s;
  } else if (kind > 3.5 && kind < 4.5) {
    vec3 c = cells(p * frequency);
    float bulge = c.x;
    m = 0.35 * c.z + 0.75 * smoothstep(0.3, 0.75, bulge);
    vec4 soft = noised(p * frequency * 1.6);
    slope = soft.yzw * 0.45;
  } else if (kind > 4.5 && kind < 5.5) {
    vec4 a = noised(p * frequency * 0.5);
    float s = survives(p, frequency * 2.0);
    vec4 b = noised(p * frequency * 2.0);
    m = 0.6 * a.x + 0.4 * mix(0.5, b.x, s);
    slope = a.yzw * 0.06 + b.yzw * 0.06 * s;
  } else if (kind > 5.5 && kind < 6.5) {
    vec4 a = noised(p * frequency * 0.8);
    m = a.x;
    slope = a.yzw * 0.05;
  } else if (kind > 6.5) {
    float s = survives(p, frequency * 2.0);
    float a = 0.65 * noised(turned * frequency * 0.1).x + 0.35 * noised(turned.yzx * frequency * 0.31).x;
    vec4 b = noised(p * frequency * 2.0);
    m = 0.6 * a * a + 0.3 * s * b.x * b.x;
    slope = b.yzw * 0.085 * s;
  }
  Tissue t;
  // Along the border some bundles of fibres reach further than others.
  float sinew = smoothstep(0.32, 0.68, vTendon + (m - 0.5) * 0.5 * step(0.02, vTendon));
  t.colour = mix(mix(vLookColour.rgb, tendonColour, sinew), mix(vLookColour2.rgb, tendonColour2, sinew), clamp(m * amount, 0.0, 1.0));
  t.colour *= 0.9 + 0.2 * broad;
  t.colour *= 1.0 - 0.45 * pits * amount;
  t.roughness = clamp(vLookColour.w + (m - 0.5) * 0.16 * amount, 0.12, 1.0);
  t.clearcoat = vLookColour2.w * wetness;
  t.slope = slope * amount;
  return t;
}
`

/** After color_fragment: section, colour, selection. */
export const tissueFragmentColour = /* glsl */ `
vec3 bodyPoint = vBody;
bool cutFace = false;
if (sectionOn > 0.5) {
  if (dot(sectionPlane.xyz, vBody) > sectionPlane.w) discard;
  if (!gl_FrontFacing) {
    cutFace = true;
    vec3 eye = vBody - vFromCamera;
    float share = (sectionPlane.w - dot(sectionPlane.xyz, eye)) / dot(sectionPlane.xyz, vFromCamera);
    bodyPoint = eye + vFromCamera * share;
  }
}
if (apertureOn > 0.5) {
  vec3 field = (apertureMatrix * vec4(vBody, 1.0)).xyz;
  if (abs(field.x) < apertureHalf.x && abs(field.y) < apertureHalf.y && abs(field.z) < 0.05) discard;
}
Tissue tissue = tissueAt(bodyPoint);
tissueThin = vLookNoise.w;
tissueOpen = cutFace ? 1.0 : vOpenness;
vec3 creviceTint = mix(vec3(1.0), vec3(0.86, 0.62, 0.56), (1.0 - tissueOpen) * 0.8);
diffuseColor.rgb = tissue.colour * creviceTint;
if (cutFace) diffuseColor.rgb = mix(diffuseColor.rgb, vLookColour2.rgb, 0.25) * 1.08;
diffuseColor.rgb = mix(diffuseColor.rgb, vTint, vState.w);
`

export const tissueFragmentRoughness = /* glsl */ `
float roughnessFactor = tissue.roughness;
`

/** After normal_fragment_maps: tilt by the pattern's slope; a cut face looks along the plane. */
export const tissueFragmentNormal = /* glsl */ `
vec3 bodyNormal = cutFace ? normalize(sectionPlane.xyz) : normalize(vBodyNormal);
vec3 tilt = tissue.slope - bodyNormal * dot(tissue.slope, bodyNormal);
normal = normalize(normalMatrix * normalize(bodyNormal - tilt * (cutFace ? 0.25 : 0.55)));
nonPerturbedNormal = normalize(normalMatrix * normalize(bodyNormal - tilt * 0.2));
`

/** Light that wraps around soft tissue, redder the deeper it went. Replaces RE_Direct. */
export const tissueLight = /* glsl */ `
void RE_Direct_Tissue(const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
  RE_Direct_Physical(directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight);
  float ndl = dot(geometryNormal, directLight.direction);
  vec3 wrap = tissueThin * vec3(0.62, 0.3, 0.22);
  vec3 soft = clamp((ndl + wrap) / (1.0 + wrap), 0.0, 1.0) - clamp(ndl, 0.0, 1.0);
  float through = pow(clamp(dot(geometryViewDir, -normalize(directLight.direction + geometryNormal * 0.35)), 0.0, 1.0), 3.0) * tissueThin * 0.35;
  reflectedLight.directDiffuse += (max(soft, 0.0) + vec3(1.0, 0.32, 0.2) * through) * directLight.color * BRDF_Lambert(material.diffuseContribution);
}
#undef RE_Direct
#define RE_Direct RE_Direct_Tissue
`

/** After lights: baked openness darkens what the sky lights, and a little of the rest. */
export const tissueFragmentOcclusion = /* glsl */ `
float open1 = tissueOpen;
vec3 bounce = mix(vec3(open1), vec3(1.0), 0.22 * material.diffuseContribution);
reflectedLight.indirectDiffuse *= bounce;
reflectedLight.directDiffuse *= mix(vec3(1.0), bounce, 0.6);
reflectedLight.indirectSpecular *= open1 * open1;
reflectedLight.directSpecular *= open1;
`

/** Before opaque_fragment: hover and selection glow along the silhouette; faded tissue is clearer where seen square on. */
export const tissueFragmentFinish = /* glsl */ `
float facing = clamp(abs(dot(normalize(normalMatrix * normalize(vBodyNormal)), normalize(vViewPosition))), 0.0, 1.0);
float rim = pow(1.0 - facing, 2.2);
// One glint must not outshine a whole gathered picture.
outgoingLight = min(outgoingLight, vec3(2.2));
// The edge takes the accent, the inside keeps its colour: red under turquoise would be grey.
outgoingLight *= 1.0 + 0.3 * vState.z;
outgoingLight = mix(outgoingLight, accent * 1.2, vState.z * min(1.0, 1.6 * rim * rim));
outgoingLight += accent * vState.y * (1.0 - vState.z) * (0.05 + 0.4 * rim);
#ifdef TISSUE_FADED
diffuseColor.a = clamp(vState.x * (0.34 + 2.3 * rim), 0.0, 0.92);
#endif
`
