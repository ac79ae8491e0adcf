; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; Decorators whose meaning is known by what they are. The facts are silent for anything else, so the
; order matters only where two of them can hold.

; D16: a class of this file.
((decorator) @target (#set! card "class-decorator"))
; D17: `@property`, `@x.setter`.
((decorator) @target (#set! card "property"))
((decorator) @target (#set! card "property-accessor"))

; D15: a class with decorators, on its name and on its decorator lines.
((decorated_definition
   (decorator)* @range
   definition: (class_definition name: (identifier) @range)) @target
 (#set! card "decorated-class"))

; D01: a function with decorators, on its name and on its decorator lines.
((decorated_definition
   (decorator)* @range
   definition: (function_definition name: (identifier) @range)) @target
 (#set! card "decorated-function"))
