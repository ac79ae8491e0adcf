; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; D01: a function with decorators, on its name and on its decorator lines.
((decorated_definition
   (decorator)* @range
   definition: (function_definition name: (identifier) @range)) @target
 (#set! card "decorated-function"))
