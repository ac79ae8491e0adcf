; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; C22: a lock that is held already, on the word.
((with_statement "with" @range) @target (#set! card "lock-again"))
((with_statement "async" @range) @target (#set! card "lock-again"))

; C23.
((with_statement "with" @range) @target (#set! card "connection-block"))

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

; C03.
((as_pattern_target (identifier) @target) (#set! card "as-target"))
; C24.
((call function: (_) @range) @target (#set! card "temporary"))
; C12, C19: on the name of the function.
((call function: (identifier) @range) @target (#set! card "open-call"))
((call function: (attribute) @range) @target (#set! card "open-call"))
((call function: (attribute attribute: (identifier) @range)) @target (#set! card "exit-stack"))
; C13: on the words.
((try_statement "try" @range) @target (#set! card "try-finally"))
((try_statement (finally_clause "finally" @range)) @target (#set! card "try-finally"))
; C14, C15: the function under the decorator, on its name.
((function_definition name: (identifier) @range) @target (#set! card "context-generator"))
; C16.
((expression_statement . (call function: (_) @range) .) @target (#set! card "not-entered"))
; C21: on the name behind the `@`.
((decorator (call function: (_) @range) @target) (#set! card "context-decorator"))
; C27, C28: on the word.
((return_statement "return" @range) @target (#set! card "leaving"))
((break_statement) @target (#set! card "leaving"))
((continue_statement) @target (#set! card "leaving"))

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

; I06: on the word and on what it names.
((except_clause "except" @range) @target (#set! card "broad-except"))
; I08: on the word.
((raise_statement "raise" @range) @target (#set! card "raise-in-except"))
; I09: on the name of the method.
((call function: (attribute attribute: (identifier) @range)) @target (#set! card "logging-call"))
