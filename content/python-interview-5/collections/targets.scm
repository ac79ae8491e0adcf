; What has a card, special before general.

; L03 to L16: an operation on a container whose class is known: on the method's name, the brackets
; and what stands before them, `in`, `len`.
((call function: (attribute attribute: (identifier) @range)) @target
 (#set! card "container-operation"))
((call function: (identifier) @range) @target
 (#set! card "container-operation"))
((subscript value: (_) @range "[" @range "]" @range) @target
 (#set! card "container-operation"))
((comparison_operator operators: _ @range) @target
 (#set! card "container-operation"))

; L01, L05, L09, L15, L16: on the name that is called.
((call function: (_) @range) @target (#set! card "defaultdict"))
((call function: (_) @range) @target (#set! card "counter"))
((call function: (_) @range) @target (#set! card "deque"))
((call function: (_) @range) @target (#set! card "ordered-dict"))
((call function: (_) @range) @target (#set! card "chain-map"))
; L13.
((call function: (_) @range) @target (#set! card "namedtuple"))
