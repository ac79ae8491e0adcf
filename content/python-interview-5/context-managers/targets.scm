; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; C01, C04, C06: on the word.
((with_statement "with" @range) @target (#set! card "with-item"))
((with_statement "async" @range) @target (#set! card "with-item"))
((with_statement "with" @range) @target (#set! card "with-several"))
((with_statement "async" @range) @target (#set! card "with-several"))

; C02: one item, on its expression.
((with_item value: (as_pattern . (call function: (_) @range))) @target (#set! card "with-item"))
((with_item value: (as_pattern . [(identifier) (attribute)] @range)) @target (#set! card "with-item"))
((with_item value: (call function: (_) @range)) @target (#set! card "with-item"))
((with_item value: [(identifier) (attribute)] @range) @target (#set! card "with-item"))
; The same in parentheses with a comma behind it.
((as_pattern . (call function: (_) @range)) @target (#set! card "with-item"))

; C07, C08, C09: the methods, on their names.
((function_definition name: (identifier) @range) @target
 (#any-of? @range "__enter__" "__aenter__")
 (#scope? "class")
 (#set! card "enter-method"))
((function_definition name: (identifier) @range) @target
 (#any-of? @range "__exit__" "__aexit__")
 (#scope? "class")
 (#set! card "exit-method"))
; C10.
((class_definition name: (identifier) @range) @target (#set! card "half-protocol"))
