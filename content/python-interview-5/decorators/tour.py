import time

def rate_limit(max_calls_per_second):
    def decorator(func):
        last_called = 0
        call_count = 0

        def wrapper(*args, **kwargs):
            nonlocal last_called, call_count
            current_time = time.time()
            if current_time - last_called > 1.0: # Reset count after 1 second
                call_count = 0
                last_called = current_time
            if call_count >= max_calls_per_second:
                raise RuntimeError("Rate limit exceeded")
            call_count += 1
            return func(*args, **kwargs)
        return wrapper
    return decorator

@rate_limit(max_calls_per_second=2)
def api_call(endpoint):
    print(f"Calling API endpoint: {endpoint}")
    return f"Response from {endpoint}"

# Example usage
for i in range(5):
    try:
        api_call(f"/data/{i}")
        time.sleep(0.3) # Simulate some delay between calls
    except RuntimeError as e:
        print(f"Error: {e} for call {i}")
